'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet } from '@/components/ui/sheet'
import type { RepositoryName } from '@/lib/history/schema'
import { laneOf } from '@/lib/jobs/rules'
import type { TailEvent, TailJob } from '@/lib/jobs/tail/schema'
import { versionOf } from './log-lines'
import { repositoryName } from './words'

type FactsSheetProps = { job: TailJob; events: readonly TailEvent[]; repository: RepositoryName | null; className?: string }

export function FactsSheet({ job, events, repository, className }: FactsSheetProps) {
  const t = useTranslations('jobs')
  const format = useFormat()
  const now = useNow()
  const isSeen = job.status === 'RUNNING' && job.workerName && job.heartbeatAt
  const worker =
    isSeen && job.heartbeatAt
      ? t('facts.workerSeen', { name: job.workerName ?? '', ago: format.ago(job.heartbeatAt, now) })
      : job.workerName
  const type = job.result?.kind === 'backup' ? job.result.type : job.request.kind === 'backup' ? job.request.type : null
  const version = versionOf(events)
  const facts: [string, string | null][] = [
    [t('facts.type'), type ? t(`type.${type}`) : t(`kind.${job.kind}`)],
    [t('facts.repository'), repository && t('facts.repositoryIs', { key: repository.key, name: repositoryName(t, repository) })],
    [t('facts.stanza'), job.stanza],
    [t('facts.trigger'), t(`trigger.${job.trigger}`)],
    [t('facts.lane'), laneOf(job.kind)],
    [t('facts.worker'), worker ?? t('facts.noWorker')],
    [t('facts.pgbackrest'), version],
    [t('facts.asked'), format.dateTime(job.createdAt)],
    [t('facts.ended'), job.finishedAt && format.dateTime(job.finishedAt)],
  ]
  return (
    <Sheet label={t('facts.label')} className={className}>
      <dl className="px-4 py-3 text-compact md:px-5">
        {facts.map(([name, value]) => value && (
          <div key={name} className="grid grid-cols-[84px_minmax(0,1fr)] gap-2 py-0.75">
            <dt className="text-muted">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
