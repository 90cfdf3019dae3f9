'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { repositoryName } from '@/components/jobs/words'
import { Button } from '@/components/ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import type { ActionResult } from '@/lib/action'
import type { BackUpNow as BackUpNowInput } from '@/lib/policy/choices/schema'
import { BackupForm } from './backup-form'
import { useBackupChoices } from './choices-query'

type BackUpNowProps = {
  /** Whether this person may start backups; without it there are words in the place of the button */
  mayRun: boolean
  action: (input: BackUpNowInput) => Promise<ActionResult<{ jobId: string }>>
  variant?: 'primary' | 'secondary'
  className?: string
}

/** The large half starts what the policy chooses, at once. The small half opens the choice of type, place and reason. */
export function BackUpNow({ mayRun, action, variant = 'primary', className }: BackUpNowProps) {
  const t = useTranslations('backups.backUpNow')
  const [open, setOpen] = useState(false)
  const { start, isPending, refusal, forget } = useStart(action, () => setOpen(false))
  if (!mayRun) return <p className={cn('text-meta', className)}>{t('notAllowed')}</p>
  const isJoined = variant === 'secondary'
  const toggle = (next: boolean) => {
    if (next) forget()
    setOpen(next)
  }
  return (
    <div className={cn('grid content-start gap-2', className)}>
      <div className="flex">
        <QuickButton variant={variant} busy={isPending && !open} onClick={() => start({})} />
        <Popover open={open} onOpenChange={toggle} modal>
          <PopoverTrigger asChild>
            <Button
              variant={variant}
              aria-label={t('choose')}
              className={cn('w-12 rounded-l-none px-0 md:w-[34px]', isJoined ? '-ml-px' : 'ml-px')}
            >
              <ChevronDown aria-hidden />
            </Button>
          </PopoverTrigger>
          <PopoverContent align="end" aria-label={t('label')} className="w-[420px] max-w-[calc(100vw-2rem)]">
            <BackupForm start={start} busy={isPending} refusal={refusal} />
          </PopoverContent>
        </Popover>
      </div>
      {refusal && !open && (
        <p role="alert" className="max-w-72 text-compact text-warn max-md:max-w-none">
          {refusal}
        </p>
      )}
    </div>
  )
}

/** What it will do is the server's choice at that moment; the tooltip says what that is now. */
function QuickButton({ variant, busy, onClick }: { variant: 'primary' | 'secondary'; busy: boolean; onClick: () => void }) {
  const t = useTranslations('backups.backUpNow')
  const jobs = useTranslations('jobs')
  const [isLookedAt, setLookedAt] = useState(false)
  const { data } = useBackupChoices(isLookedAt)
  const repository = data?.repositories.find(({ key }) => key === data.preferred)
  return (
    <Tooltip onOpenChange={setLookedAt}>
      <TooltipTrigger asChild>
        <Button variant={variant} busy={busy} onClick={onClick} className="flex-1 rounded-r-none">
          {t('label')}
        </Button>
      </TooltipTrigger>
      {repository && (
        <TooltipContent>
          {t('quick', { type: repository.preferred, repository: repositoryName(jobs, repository) })}
        </TooltipContent>
      )}
    </Tooltip>
  )
}

/** Busy until the server has answered; then everything on the page is read anew, and shows the job. */
function useStart(action: BackUpNowProps['action'], onStarted: () => void) {
  const queries = useQueryClient()
  const shell = useTranslations('shell.action')
  const { mutate, reset, data, isPending, isError } = useMutation({
    mutationFn: action,
    onSuccess: (result) => result.ok && onStarted(),
    onSettled: () => queries.invalidateQueries(),
  })
  const refusal = isError ? shell('unavailable') : data && !data.ok ? data.error.message : null
  return { start: mutate, forget: reset, isPending, refusal }
}
