'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet } from '@/components/ui/sheet'
import type { JobResult } from '@/lib/jobs/schema'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { type FigureCell, Figures } from './figures'

/** What a job that is done came to. */
export function ResultSheet({ job, result }: { job: TailJob; result: JobResult }) {
  const t = useTranslations('jobs.progress')
  const cells = useCells(job, result)
  return (
    <Sheet label={t('result')} className="px-4 py-4 md:px-5">
      <Figures cells={cells} />
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
  switch (result.kind) {
    case 'backup':
      return [took, ...backupCells(result)]
    case 'check':
      return [took, { name: t('archiving'), text: t('works'), note: t('archivingNote') }]
    case 'stanza-create':
      return [took, { name: t('stanza'), text: result.created ? t('created') : t('existed') }]
    case 'sync-catalog':
      return [
        took,
        { name: t('sets'), text: format.count(result.sets), note: t('setsNote') },
        { name: t('appeared'), text: format.count(result.appeared), note: t('appearedNote') },
        { name: t('expired'), text: format.count(result.expired), note: t('goneNote') },
      ]
  }

  function backupCells({
    databaseSize,
    databaseDelta,
    repositoryDelta,
    resumed,
    expired,
  }: Extract<JobResult, { kind: 'backup' }>): FigureCell[] {
    const share = databaseSize > 0 ? (databaseDelta / databaseSize) * 100 : 100
    return [
      { name: t('database'), text: format.bytes(databaseSize), note: t('databaseNote') },
      { name: t('read'), text: format.bytes(databaseDelta), note: t('readNote', { percent: format.percent(share) }) },
      { name: t('stored'), text: format.bytes(repositoryDelta), note: resumed ? t('resumedNote') : t('storedNote') },
      { name: t('expired'), text: format.count(expired.length), note: t('expiredNote', { count: expired.length }) },
    ]
  }
}
