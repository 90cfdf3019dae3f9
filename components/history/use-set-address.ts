import { useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import { FAMILIES_A_PAGE, type SetParams, setParams } from './search-params'

/** What the list of sets shows, as it stands in the address, and the ways to change it. */
export function useSetAddress() {
  const [params, setAll] = useQueryStates(setParams)
  // What is narrowed anew begins at its top: what was unfolded or listed further belongs to another list.
  const narrow = useCallback(
    (change: Partial<SetParams>) => void setAll({ ...change, fulls: null, unfold: null, set: null }),
    [setAll],
  )
  return {
    params,
    narrow,
    search: useCallback((q: string | null) => narrow({ q }), [narrow]),
    clear: () => narrow({ type: null, repo: null, by: null, since: null, q: null }),
    open: (set: string | null) => void setAll({ set }),
    unfold: (family: string, unfolded: boolean) =>
      void setAll({ unfold: unfolded ? [...params.unfold, family] : params.unfold.filter((other) => other !== family) }),
    showMore: () => void setAll({ fulls: params.fulls + FAMILIES_A_PAGE }),
    toggleExpired: () => void setAll({ expired: !params.expired }),
  }
}
