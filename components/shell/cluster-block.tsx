'use client'

import { Database } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { cn } from '@/lib/cn'
import type { ClusterSummary } from '@/lib/cluster/schema'
import { useCluster } from './cluster-query'

export type ClusterState = { initial: ClusterSummary; renderedAt: Date }

/** What is protected, and whether its worker is about. What could not be read anew stays, with its time. */
export function ClusterBlock({ initial, renderedAt, className }: ClusterState & { className?: string }) {
  const t = useTranslations('shell.cluster')
  const format = useFormat()
  const now = useNow()
  const { data, isError, dataUpdatedAt } = useCluster(initial, renderedAt)
  const readAt = new Date(dataUpdatedAt)
  return (
    <section aria-label={t('label')} className={cn('grid gap-0.5', className)}>
      <p className="truncate font-medium">{data.stanza}</p>
      <div className="grid gap-0.5 text-meta">
        <PostgresLine cluster={data} />
        <WorkerLines cluster={data} now={isError ? readAt : now} />
      </div>
      {isError && <p className="text-meta text-warn">{t('unknown', { moment: format.moment(readAt, now, { inline: true }) })}</p>}
    </section>
  )
}

function PostgresLine({ cluster: { postgres, restoring } }: { cluster: ClusterSummary }) {
  const t = useTranslations('shell.cluster')
  const format = useFormat()
  if (!postgres) return <p>{t('postgresUnknown')}</p>
  if (!postgres.up && restoring) return <p className="text-run">{t('postgresRestoring')}</p>
  if (!postgres.up) return <p className="text-bad">{t('postgresDown')}</p>
  const { version = '', size } = postgres
  return <p>{size === undefined ? t('postgresVersion', { version }) : t('postgres', { version, size: format.bytes(size) })}</p>
}

/** One line while all is well; a silent worker gets its own. */
function WorkerLines({ cluster, now }: { cluster: ClusterSummary; now: Date }) {
  const { pgbackrestVersion: version, workerSeenAt, workerAlive } = cluster
  const t = useTranslations('shell.cluster')
  const format = useFormat()
  if (workerSeenAt && workerAlive) {
    const ago = format.ago(workerSeenAt, now)
    return <p>{version ? t('pgbackrestAndWorker', { version, ago }) : t('workerSeen', { ago })}</p>
  }
  return (
    <>
      {version && <p>{t('pgbackrest', { version })}</p>}
      <p className="text-warn">
        {workerSeenAt ? t('workerSilent', { moment: format.moment(workerSeenAt, now, { inline: true }) }) : t('workerNever')}
      </p>
    </>
  )
}

/** The same behind an icon, where the sidebar is too narrow for it. */
export function ClusterPopover({ className, ...state }: ClusterState & { className?: string }) {
  const t = useTranslations('shell.cluster')
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="quiet" size="icon" aria-label={t('label')} className={className}>
          <Database aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent side="right" align="end" className="w-64 p-4">
        <ClusterBlock {...state} />
      </PopoverContent>
    </Popover>
  )
}
