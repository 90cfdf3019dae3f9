import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { ActionError, ActionResult } from '@/lib/action'

/** Busy until the server has answered; then everything on the page is read anew, and shows what came of it. */
export function usePress<I, R>(act: (input: I) => Promise<ActionResult<R>>, onDone?: () => void) {
  const queries = useQueryClient()
  const shell = useTranslations('shell.action')
  const { mutate, reset, data, isPending, isError } = useMutation({
    mutationFn: act,
    onSuccess: (result) => result.ok && onDone?.(),
    onSettled: () => queries.invalidateQueries(),
  })
  const refused = data && !data.ok ? data.error : null
  const error: ActionError | null = isError ? { code: 'unavailable', message: shell('unavailable') } : refused
  return { press: mutate, busy: isPending, error, forget: reset, done: data?.ok ? data.data : null }
}
