'use client'

import { useTranslations } from 'use-intl'
import { phaseWords } from '@/components/jobs/words'
import { PageHeader } from '@/components/shell/page-header'
import { failureWords } from '@/lib/jobs/failure/rules'
import { isActive } from '@/lib/jobs/rules'
import { shopAfter, standingOf } from '@/lib/restore/exchange/rules'
import type { Exchange } from '@/lib/restore/exchange/schema'
import { type Access, AccessProvider } from '../../access'
import { useExchange } from '../exchange-query'
import { DoneSheets } from './done-sheets'
import { FailedSheets } from './failed-sheets'
import { LiveSheet } from './live-sheet'
import { useDoneWords } from './use-done-words'

type ExchangeScreenProps = { rendered: Exchange; access: Access }

/** A switch, an undo or a restore in place: live, and what came of it. */
export function ExchangeScreen({ rendered, access }: ExchangeScreenProps) {
  const t = useTranslations('exchange.page')
  const { data, isError } = useExchange(rendered)
  const { exchange, closedFrom } = data
  const { job } = exchange
  const standing = standingOf(job)
  const goneSince = isError ? exchange.now : null
  return (
    <AccessProvider value={access}>
      <PageHeader title={t(`title.${job.kind}`, { standing })} crumbs={[{ href: '/restore', label: t('crumb') }]} />
      <Announcement exchange={exchange} isGone={isError} />
      {isActive(job.status) && <LiveSheet {...{ exchange, standing, closedFrom, goneSince }} />}
      {standing === 'done' && <DoneSheets exchange={exchange} />}
      {(standing === 'failed' || standing === 'cancelled') && <FailedSheets exchange={exchange} />}
    </AccessProvider>
  )
}

/** Each phase once, and how it ended; never the counter. */
function Announcement({ exchange, isGone }: { exchange: Exchange; isGone: boolean }) {
  const t = useTranslations('exchange')
  const jobs = useTranslations('jobs')
  const failures = useTranslations('failures')
  const done = useDoneWords(exchange)
  const { job } = exchange
  const standing = standingOf(job)
  const words = () => {
    if (standing === 'done') return done.plain
    if (standing === 'cancelled') return t('failed.cancelled', { name: job.cancelRequestedBy ?? 'none' })
    if (standing === 'failed') {
      const title = job.failure ? failureWords(failures, job.failure, job.kind).title : ''
      return `${t(`failed.${shopAfter(job)}`, { point: done.point })} ${title}`
    }
    if (isGone) return t('said.gone')
    if (standing === 'queued') return t('said.queued')
    return t('said.phase', { phase: phaseWords(jobs, job.steps.at(-1)?.phase ?? 'claim', job.kind, 'now'), state: standing })
  }
  return (
    <p aria-live="polite" className="sr-only">
      {words()}
    </p>
  )
}
