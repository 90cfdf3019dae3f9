'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Sheet } from '@/components/ui/sheet'
import type { JobPhase } from '@/lib/jobs/schema'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { type FigureCell, Figures } from './figures'

/** How far a job that runs is. */
export function ProgressSheet({ job }: { job: TailJob }) {
  const t = useTranslations('jobs')
  const cells = useCells(job)
  const type = job.request.kind === 'backup' ? job.request.type : 'full'
  return (
    <Sheet label={t('progress.label')} className="px-4 pt-4 pb-4 md:px-5 md:pt-5">
      <ProgressBar label={t(`title.${job.kind}`, { type })} value={job.progress?.percent} className="mb-4" />
      <Figures cells={cells} />
    </Sheet>
  )
}

function useCells({ progress, claimedAt, createdAt, kind }: TailJob): FigureCell[] {
  const t = useTranslations('jobs')
  const format = useFormat()
  const now = useNow()
  const began = claimedAt ?? createdAt
  const phase = progress?.steps.at(-1)?.phase
  const phaseWords = (of: JobPhase) => t(`steps.phase.${of}`, { tense: 'now' })
  const elapsed = {
    name: t('progress.elapsed'),
    text: format.duration(Math.max(0, now.getTime() - began.getTime())),
    note: t('progress.elapsedNote', { time: format.time(began, { seconds: true }) }),
  }
  if (kind !== 'backup' || progress?.percent === undefined)
    return [{ ...elapsed, note: phase ? phaseWords(phase) : elapsed.note }]
  const { percent, bytesDone, bytesTotal, rate, secondsLeft, filesDone } = progress
  const unknown = '–'
  return [
    { name: t('progress.done'), text: format.percent(percent), note: phase && phaseWords(phase) },
    {
      name: t('progress.read'),
      text: bytesDone === undefined ? unknown : format.bytes(bytesDone),
      note: bytesTotal !== undefined && t('progress.readOf', { total: format.bytes(bytesTotal) }),
    },
    {
      name: t('progress.rate'),
      text: rate === undefined ? unknown : format.rate(rate),
      note: filesDone === undefined ? t('progress.rateNote') : t('progress.filesNote', { count: filesDone }),
    },
    elapsed,
    {
      name: t('progress.left'),
      text: secondsLeft === undefined ? unknown : format.duration(secondsLeft * 1000),
      note: secondsLeft === undefined ? t('progress.leftUnknown') : t('progress.leftNote'),
    },
  ]
}
