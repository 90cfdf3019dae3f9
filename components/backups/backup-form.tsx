'use client'

import { Check, Plus } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { repositoryName } from '@/components/jobs/words'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { cn } from '@/lib/cn'
import { type BackupType, backupTypeSchema } from '@/lib/jobs/schema'
import { type BackUpNow, type BackupChoices, backUpNowSchema } from '@/lib/policy/choices/schema'
import { useBackupChoices } from './choices-query'
import { TypeChoice } from './type-choice'

type BackupFormProps = { start: (input: BackUpNow) => void; busy: boolean; refusal: string | null }

/** Every choice says what it would do: what it copies, needs, pushes out, and what it cost so far. */
export function BackupForm(props: BackupFormProps) {
  const t = useTranslations('backups.backUpNow')
  const { data, isError, isFetching, refetch } = useBackupChoices()
  if (data) return <LoadedForm choices={data} {...props} />
  if (!isError) return <FormSkeleton />
  return (
    <ErrorState title={t('failedTitle')} onRetry={() => void refetch()} busy={isFetching}>
      {t('failedText')}
    </ErrorState>
  )
}

function LoadedForm({ choices, start, busy, refusal }: BackupFormProps & { choices: BackupChoices }) {
  const t = useTranslations('backups.backUpNow')
  const [key, setKey] = useState(choices.preferred)
  const [chosenType, setType] = useState<BackupType | null>(null)
  const [reason, setReason] = useState('')
  const [isReasonBad, setReasonBad] = useState(false)
  const types = useRef<HTMLDivElement>(null)
  const repository = choices.repositories.find((one) => one.key === key)
  const type = chosenType ?? repository?.preferred ?? 'full'

  // What was awaited takes the focus that the popover had to put elsewhere.
  useEffect(() => types.current?.querySelector<HTMLElement>('[data-state=checked]')?.focus(), [])

  function submit(event: FormEvent) {
    event.preventDefault()
    const input = backUpNowSchema.safeParse({ type, repo: key, reason })
    setReasonBad(!input.success)
    if (input.success && !busy) start(input.data)
  }

  return (
    <form onSubmit={submit}>
      <RadioGroup.Root
        ref={types}
        aria-label={t('type')}
        value={type}
        onValueChange={(value) => setType(backupTypeSchema.parse(value))}
        className="grid"
      >
        {(['incr', 'diff', 'full'] as const).map((one) => (
          <TypeChoice key={one} type={one} choice={repository?.choices.find((choice) => choice.type === one)} />
        ))}
      </RadioGroup.Root>
      <div className="mt-1.5 grid gap-2 border-t px-2.5 pt-3 pb-2 text-compact">
        {choices.repositories.length > 1 && <RepositoryChoice choices={choices} value={key} onChange={setKey} />}
        <ReasonField value={reason} onChange={setReason} isBad={isReasonBad} />
        {refusal && (
          <p role="alert" className="text-warn">
            {refusal}
          </p>
        )}
        <div className="mt-1 flex items-center justify-between gap-3">
          <span className="text-meta">{t('shopOpen')}</span>
          <Button type="submit" variant="primary" busy={busy}>
            {t('label')}
          </Button>
        </div>
      </div>
    </form>
  )
}

type ReasonFieldProps = { value: string; onChange: (value: string) => void; isBad: boolean }

function ReasonField({ value, onChange, isBad }: ReasonFieldProps) {
  const t = useTranslations('backups.backUpNow')
  const id = useId()
  return (
    <div className="grid grid-cols-[52px_minmax(0,1fr)] items-center gap-x-1.5 gap-y-1">
      <label htmlFor={id} className="text-muted">
        {t('reason')}
      </label>
      <input
        id={id}
        value={value}
        maxLength={200}
        autoComplete="off"
        placeholder={t('reasonPlaceholder')}
        aria-invalid={isBad || undefined}
        aria-describedby={isBad ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.target.value)}
        className={cn(
          'h-11 min-w-0 rounded-control border border-control bg-card px-2.5 placeholder:text-faint md:h-8',
          'focus-visible:border-transparent focus-visible:outline-offset-0 aria-invalid:border-bad',
        )}
      />
      {isBad && (
        <p id={`${id}-note`} className="col-start-2 text-meta text-bad">
          {t('fieldReason')}
        </p>
      )}
    </div>
  )
}

type RepositoryChoiceProps = { choices: BackupChoices; value: number; onChange: (key: number) => void }

function RepositoryChoice({ choices, value, onChange }: RepositoryChoiceProps) {
  const t = useTranslations('backups.backUpNow')
  const jobs = useTranslations('jobs')
  return (
    <div className="grid grid-cols-[52px_minmax(0,1fr)] items-center gap-1.5">
      <span aria-hidden className="text-muted">
        {t('to')}
      </span>
      <RadioGroup.Root
        aria-label={t('to')}
        orientation="horizontal"
        value={String(value)}
        onValueChange={(key) => onChange(Number(key))}
        className="flex flex-wrap gap-2"
      >
        {choices.repositories.map((repository) => (
          <RadioGroup.Item
            key={repository.key}
            value={String(repository.key)}
            className={cn(
              'group flex h-10 items-center gap-1.5 rounded-control px-2.5 text-muted inset-ring inset-ring-control/55 md:h-7',
              'data-[state=checked]:text-foreground data-[state=checked]:inset-ring-primary-strong',
            )}
          >
            <Check aria-hidden className="size-3.5 group-data-[state=unchecked]:hidden" />
            <Plus aria-hidden className="size-3.5 group-data-[state=checked]:hidden" />
            <span className="first-letter:uppercase">{repositoryName(jobs, repository)}</span>
            {!repository.isReadable && <span className="text-warn">{t('unreachable')}</span>}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  )
}

function FormSkeleton() {
  return (
    <div aria-busy className="grid gap-4 p-2.5">
      {[0, 1, 2].map((row) => (
        <div key={row} className="grid gap-2">
          <Skeleton className="w-28" />
          <Skeleton className="w-3/4" />
        </div>
      ))}
      <Skeleton className="h-8 w-full" />
    </div>
  )
}
