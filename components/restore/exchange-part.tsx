'use client'

import { Undo2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet } from '@/components/ui/sheet'
import { exclusiveKinds } from '@/lib/jobs/rules'
import type { ClusterJob, RestoreView } from '@/lib/restore/view/schema'
import { JobProgress } from './job-progress'
import { RunningBackup } from './switch-dialog'
import { jobLink } from './text-link'
import { UndoDialog } from './undo-dialog'

/** The exchange of the shop: while it goes on, and what came of the last one, with the way back. */
export function ExchangePart({ view }: { view: RestoreView }) {
  const job = view.jobs.find(({ kind }) => exclusiveKinds.includes(kind))
  if (job) return <Exchanging job={job} view={view} />
  const { lastExchange } = view
  return lastExchange?.status === 'SUCCEEDED' ? <Exchanged last={lastExchange} view={view} /> : null
}

type ExchangeKind = NonNullable<RestoreView['lastExchange']>['kind']

function Exchanging({ job, view }: { job: ClusterJob; view: RestoreView }) {
  const t = useTranslations('restore.exchange')
  const kind = job.kind as ExchangeKind
  return (
    <Sheet label={t('label')} className="grid gap-4 px-4 pt-3.5 pb-4 md:px-5 md:pb-5">
      <h2 role="status" className="text-[18px]/6.5 font-semibold tracking-[-0.014em]">
        {t(kind)}
      </h2>
      <JobProgress job={job} label={t(kind)} />
      {(job.phase === null || job.phase === 'claim' || job.phase === 'wait') && <RunningBackup view={view} />}
      <p className="text-pretty text-muted">{t(kind === 'restore-in-place' ? 'leaveInPlace' : 'leave')}</p>
    </Sheet>
  )
}

/** What cannot be undone any more is told for a day. */
const TOLD_MS = 24 * 3_600_000

function Exchanged({ last, view }: { last: NonNullable<RestoreView['lastExchange']>; view: RestoreView }) {
  const t = useTranslations('restore.ended')
  const format = useFormat()
  const now = useNow(60_000)
  const { kind, keptId, downtimeMs, actorName, finishedAt, jobId, timeline } = last
  const kept = view.kept.find(({ id }) => id === keptId)
  if (!kept && now.getTime() - finishedAt.getTime() > TOLD_MS) return null
  const moment = (at: Date) => format.moment(at, now, { inline: true })
  const isInPlace = kind === 'restore-in-place'
  const closed = downtimeMs === null
    ? t('unmeasured')
    : t(isInPlace ? 'closed' : 'downtime', { duration: format.duration(downtimeMs) })
  const by = { name: actorName, moment: moment(finishedAt), id: jobId, timeline: timeline ?? 'none', link: jobLink(jobId) }
  return (
    <Sheet label={t('label')} className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3.5 md:flex-nowrap md:px-5 md:py-4">
      <Undo2 aria-hidden className="size-5 shrink-0 text-primary-strong max-md:hidden" />
      <div className="min-w-0 md:flex-1">
        <p className="text-pretty">
          <b className="font-semibold">
            {t(kind)} {closed}
          </b>{' '}
          {kept ? t('undoUntil', { moment: moment(kept.keepUntil) }) : isInPlace && t('noUndo')}
        </p>
        <p className="text-compact text-pretty text-muted">
          {t.rich('by', by)}
        </p>
      </div>
      {kept && <UndoDialog kept={kept} view={view} isNewest />}
    </Sheet>
  )
}
