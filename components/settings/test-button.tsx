'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { ActionResult } from '@/lib/action'
import { REPOSITORIES_KEY } from './repositories-query'

export type TestConnection = (input: { repo: number }) => Promise<ActionResult<{ jobId: string }>>

type TestButtonProps = { repo: number; isRunning: boolean; describedBy: string; testConnection: TestConnection }

/** Asks for a test; while one is under way it says so, and takes no second one. */
export function TestButton({ repo, isRunning, describedBy, testConnection }: TestButtonProps) {
  const t = useTranslations('settings')
  const shell = useTranslations('shell.action')
  const queries = useQueryClient()
  const { mutate, data, isPending, isError } = useMutation({
    mutationFn: () => testConnection({ repo }),
    onSettled: () => queries.invalidateQueries({ queryKey: REPOSITORIES_KEY }),
  })
  const refusal = isError ? shell('unavailable') : data && !data.ok ? data.error.message : null
  return (
    <div className="grid justify-items-end gap-1.5">
      <Button aria-describedby={describedBy} busy={isPending || isRunning} onClick={() => mutate()}>
        {t('test')}
      </Button>
      {refusal && (
        <p role="alert" className="max-w-72 text-right text-compact text-warn">
          {refusal}
        </p>
      )}
    </div>
  )
}
