'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet } from '@/components/ui/sheet'
import type { RepositoryName } from '@/lib/history/schema'
import { laneOf, targetOf } from '@/lib/jobs/rules'
import type { TailEvent, TailJob } from '@/lib/jobs/tail/schema'
import { versionOf } from './log-lines'
import { type JobWords, repositoryName, targetWords } from './words'

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
  const target = targetOf(job.request)
  const facts: [string, string | null][] = [
    [t('facts.type'), type ? t(`type.${type}`) : t(`kind.${job.kind}`)],
    [t('facts.target'), target && targetWords(t, target, format, now)],
    ...restoreFacts(t, job),
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

/** What a job of the cluster's lane works on and with: names as they stand on the data volume and in the repository. */
function restoreFacts(t: JobWords, { request, result }: TailJob): [string, string | null][] {
  const plan = result && 'plan' in result ? result.plan : null
  const timeline = plan?.timeline ?? ('wish' in request ? request.wish.timeline : null)
  const rehearsal = result && 'rehearsal' in result ? result.rehearsal : 'rehearsal' in request ? request.rehearsal : null
  return [
    [t('facts.set'), plan?.label ?? ('wish' in request ? request.wish.set : null) ?? null],
    [t('facts.timeline'), timeline ? String(timeline) : null],
    [t('facts.rehearsal'), rehearsal ?? null],
    [t('facts.cluster'), 'cluster' in request ? request.cluster : null],
    [t('facts.rescue'), 'rescue' in request ? t('facts.jobIs', { id: request.rescue }) : null],
    [t('facts.transaction'), result && 'transaction' in result ? result.transaction : null],
    [t('facts.kept'), result && 'kept' in result ? result.kept.id : null],
  ]
}
