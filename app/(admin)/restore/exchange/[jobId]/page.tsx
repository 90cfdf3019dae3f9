import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ExchangeScreen } from '@/components/restore/exchange/page/exchange-screen'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { parseJobId } from '@/lib/history/rules'
import { translator } from '@/lib/i18n'
import { findExchange } from '@/lib/restore/exchange/data'
import { cancelJob } from '../../../jobs/actions'
import * as actions from '../../actions'
import { mayOf } from '../../may'

type ExchangePageProps = { params: Promise<{ jobId: string }> }

export function generateMetadata(): Metadata {
  return { title: translator('exchange')('page.crumb') }
}

/** Read from the control database alone: the shop's own is away while it is exchanged. */
export default async function ExchangePage({ params }: ExchangePageProps) {
  const user = await requireUser()
  const id = parseJobId((await params).jobId)
  const exchange = id === null ? null : await findExchange(db(), stanzaName(), id, new Date())
  if (!exchange) notFound()
  return <ExchangeScreen key={exchange.job.id} rendered={exchange} access={{ may: mayOf(user), actions: { ...actions, cancelJob } }} />
}
