'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Sheet } from '@/components/ui/sheet'
import { measureOf, targetOf } from '@/lib/jobs/rules'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { type FigureCell, Figures } from './figures'
import { jobTitle, phaseWords } from './words'

/** How far a job that runs is. */
export function ProgressSheet({ job }: { job: TailJob }) {
  const t = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(60_000)
  const { kind, request, progress } = job
  const type = request.kind === 'backup' ? request.type : null
  const phase = progress?.steps.at(-1)?.phase ?? null
  const replayedAt = progress?.replayedAt ? new Date(progress.replayedAt) : null
  const measure = measureOf({ kind, phase, percent: progress?.percent ?? null, replayedAt })
  const title = jobTitle(t, { kind, type, target: targetOf(request) }, format, now)
  const note = phase && phaseWords(t, phase, kind, 'now')
  const copied = useCopied(job, note)
  const elapsed = useElapsed(job)
  const cells = () => {
    if (measure === 'backup' || measure === 'restore') return copied(measure, elapsed)
    if (measure === 'share') return [{ name: t('progress.done'), text: format.percent(progress?.percent ?? 0), note }, elapsed]
    const replayed = measure && replayedAt && { name: t('progress.replayed'), text: format.time(replayedAt, { seconds: true }), note }
    return replayed ? [replayed, elapsed] : [{ ...elapsed, note: note ?? elapsed.note }]
  }
  return (
    <Sheet label={t('progress.label')} className="px-4 pt-4 pb-4 md:px-5 md:pt-5">
      <ProgressBar label={title} value={measure && measure !== 'replay' ? progress?.percent : undefined} className="mb-4" />
      <Figures cells={cells()} />
    </Sheet>
  )
}

function useElapsed({ claimedAt, createdAt }: TailJob): FigureCell {
  const t = useTranslations('jobs.progress')
  const format = useFormat()
  const now = useNow()
  const began = claimedAt ?? createdAt
  return {
    name: t('elapsed'),
    text: format.duration(Math.max(0, now.getTime() - began.getTime())),
    note: t('elapsedNote', { time: format.time(began, { seconds: true }) }),
  }
}

/** Bytes read from the database, or restored to it. */
function useCopied({ progress }: TailJob, phaseNote: string | null) {
  const t = useTranslations('jobs.progress')
  const format = useFormat()
  const { percent = 0, bytesDone, bytesTotal, rate, secondsLeft, filesDone } = progress ?? {}
  const unknown = '–'
  return (measure: 'backup' | 'restore', elapsed: FigureCell): FigureCell[] => [
    { name: t('done'), text: format.percent(percent), note: phaseNote },
    {
      name: t(measure === 'backup' ? 'read' : 'restored'),
      text: bytesDone === undefined ? unknown : format.bytes(bytesDone),
      note: bytesTotal !== undefined && t('readOf', { total: format.bytes(bytesTotal) }),
    },
    {
      name: t('rate'),
      text: rate === undefined ? unknown : format.rate(rate),
      note: filesDone === undefined ? t('rateNote') : t('filesNote', { count: filesDone }),
    },
    elapsed,
    {
      name: t('left'),
      text: secondsLeft === undefined ? unknown : format.duration(secondsLeft * 1000),
      note: t(secondsLeft === undefined ? 'leftUnknown' : measure === 'backup' ? 'leftNote' : 'restoreLeftNote'),
    },
  ]
}
