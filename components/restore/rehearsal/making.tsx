'use client'

import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import type { Rehearsal } from '@/lib/restore/schema'
import type { ClusterJob } from '@/lib/restore/view/schema'
import { thenInk } from './head'
import { JobProgress } from './job-progress'
import { usePointWords } from './moment-words'

type MakingProps = { job: ClusterJob; rehearsal: Rehearsal | null; /** Asked for in this window */ isOwn: boolean }

/** A rehearsal that is being made or moved, whoever asked for it. */
export function Making({ job, rehearsal, isOwn }: MakingProps) {
  const t = useTranslations('rehearsal.making')
  const point = usePointWords()
  const isMoving = rehearsal !== null && rehearsal.createdAt < job.createdAt
  const words = () => {
    if (!rehearsal) return t('starting')
    if (isMoving && rehearsal.jobId !== job.id) return t('willMove', { name: job.actorName })
    const values = { point: point(rehearsal), name: job.actorName, then: thenInk }
    return t.rich(isMoving ? (isOwn ? 'moving' : 'movedBy') : 'making', values)
  }
  return (
    <Sheet label={t('label')} className="grid gap-4 px-4 pt-3.5 pb-4 md:px-5 md:pb-5">
      <div>
        <h2 role="status" className="text-[18px]/6.5 tracking-[-0.014em] text-pretty">{words()}</h2>
        <p className="mt-0.5 text-pretty text-muted">{t('leave')}</p>
      </div>
      <JobProgress job={job} label={t('progress')} />
    </Sheet>
  )
}
