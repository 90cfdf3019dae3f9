'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { OverviewActions } from './may'

/** Asks pgBackRest what is wrong with archiving or a repository. */
export function CheckButton({ runCheck }: { runCheck: OverviewActions['runCheck'] }) {
  const t = useTranslations('overview.incident')
  const shell = useTranslations('shell.action')
  const queries = useQueryClient()
  const { mutate, data, isPending, isError } = useMutation({
    mutationFn: () => runCheck({}),
    onSettled: () => queries.invalidateQueries(),
  })
  const refusal = isError ? shell('unavailable') : data && !data.ok ? data.error.message : null
  return (
    <div className="grid gap-2">
      <Button variant="primary" busy={isPending} onClick={() => mutate()}>
        {t('check')}
      </Button>
      {refusal && (
        <p role="alert" className="max-w-72 text-compact text-warn">
          {refusal}
        </p>
      )}
    </div>
  )
}
