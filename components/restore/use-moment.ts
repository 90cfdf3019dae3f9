import { useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { addressOptions, kindOf, momentText, targetParams } from './picker/address'

export type SetMoment = (at: Date | null, options?: { replace?: boolean }) => void

/**
 * The moment that is looked at, as it stands in the address; null while none is, or while the target is not a time. `setAt`
 * makes it the target; `replace` leaves no step to go back to: for what is dragged or typed.
 */
export function useMoment(): { at: Date | null; setAt: SetMoment } {
  const [params, setParams] = useQueryStates(targetParams, addressOptions)
  const text = kindOf(params) === 'time' ? params.at : null
  const at = useMemo(() => (text === null ? null : new Date(text)), [text])
  const setAt = useCallback<SetMoment>((moment, { replace = false } = {}) => {
    void setParams({ at: moment && momentText(moment), by: null, set: null }, { history: replace ? 'replace' : 'push' })
  }, [setParams])
  return { at, setAt }
}
