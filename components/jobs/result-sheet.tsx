'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet } from '@/components/ui/sheet'
import type { JobResult } from '@/lib/jobs/schema'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { type FigureCell, Figures } from './figures'
import { RescuedRows } from './rescued-rows'
import { resultCells } from './result-cells'

/** What a job that is done came to. */
export function ResultSheet({ job, result }: { job: TailJob; result: JobResult }) {
  const t = useTranslations('jobs.progress')
  const cells = useCells(job, result)
  return (
    <Sheet label={t('result')} className="px-4 py-4 md:px-5">
      <Figures cells={cells} />
      <RescuedRows result={result} />
    </Sheet>
  )
}

function useCells({ claimedAt, createdAt, finishedAt }: TailJob, result: JobResult): FigureCell[] {
  const t = useTranslations('jobs.progress')
  const format = useFormat()
  const began = claimedAt ?? createdAt
  const ended = finishedAt ?? began
  const took = {
    name: t('took'),
    text: format.duration(ended.getTime() - began.getTime()),
    note: t('tookNote', { time: format.time(ended, { seconds: true }) }),
  }
  return [took, ...resultCells(result, t, format)]
}
