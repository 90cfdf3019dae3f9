import { Ban, Check, CircleHelp, Clock3, LoaderCircle, type LucideIcon, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { cn } from '@/lib/cn'
import type { BackupType, JobStatus } from '@/lib/jobs/schema'

type JobState = 'queued' | 'running' | 'cancelling' | 'lost' | 'succeeded' | 'failed' | 'cancelled'
export type Stated = { status: JobStatus; lost: boolean; cancelRequestedAt: Date | null }

/** What a person is told; a job can run by its row and be stopping, or out of sight. */
export function jobStateOf({ status, lost, cancelRequestedAt }: Stated): JobState {
  if (status === 'RUNNING') return lost ? 'lost' : cancelRequestedAt ? 'cancelling' : 'running'
  return { QUEUED: 'queued', SUCCEEDED: 'succeeded', FAILED: 'failed', CANCELLED: 'cancelled' }[status] as JobState
}

const looks: Record<JobState, { icon: LucideIcon; ink: string; pill: string }> = {
  queued: { icon: Clock3, ink: 'text-muted', pill: 'bg-foreground/6 text-muted' },
  running: { icon: LoaderCircle, ink: 'text-run', pill: 'bg-run-tint text-run' },
  cancelling: { icon: LoaderCircle, ink: 'text-run', pill: 'bg-run-tint text-run' },
  lost: { icon: CircleHelp, ink: 'text-warn', pill: 'bg-foreground/6 text-warn' },
  succeeded: { icon: Check, ink: 'text-ok', pill: 'bg-ok-tint text-ok' },
  failed: { icon: X, ink: 'text-bad', pill: 'bg-bad-tint text-bad' },
  cancelled: { icon: Ban, ink: 'text-muted', pill: 'bg-foreground/6 text-muted' },
}

/** Beside a heading. A backup that runs wears its type. */
export function JobStatePill({ job, type }: { job: Stated; type: BackupType | null }) {
  const t = useTranslations('jobs.state')
  const state = jobStateOf(job)
  const { icon: Icon, pill } = looks[state]
  return (
    <span
      className={cn(
        'inline-flex h-6 items-center gap-1.5 rounded-full pr-2.5 pl-1.75 text-compact font-medium tracking-normal',
        pill,
      )}
    >
      {state === 'running' && type ? <TypeGlyph type={type} className="size-3.5" /> : <Icon aria-hidden className="size-3.5" />}
      {t(state)}
    </span>
  )
}

/** In a row of a list. */
export function JobStateWords({ job }: { job: Stated }) {
  const t = useTranslations('jobs.state')
  const state = jobStateOf(job)
  const { icon: Icon, ink } = looks[state]
  return (
    <span className="flex items-center gap-1.5">
      <Icon aria-hidden className={cn('size-[15px] shrink-0', ink)} />
      {t(state)}
    </span>
  )
}
