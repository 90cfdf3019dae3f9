import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { closedSpan } from '@/lib/restore/exchange/rules'
import type { Exchange } from '@/lib/restore/exchange/schema'
import { usePointWords, useTimes } from '../words'

const then = (chunks: ReactNode) => <b className="font-semibold text-then">{chunks}</b>

/** What came of an exchange that is done, in one sentence; `plain` for those who hear it. */
export function useDoneWords({ job, point, result, nextId }: Exchange) {
  const t = useTranslations('exchange.done')
  const format = useFormat()
  const words = usePointWords()
  const { clock, moment } = useTimes()
  const since = closedSpan(job.steps)?.to ?? job.finishedAt ?? job.createdAt
  const downtime = result?.downtimeMs ?? null
  const closed = downtime === null ? t('unmeasured') : t('closed', { duration: format.tenths(downtime) })
  const key = nextId === null ? 'at' : 'past'
  const values = { point: words(point), since: nextId === null ? clock(since) : moment(since), closed }
  return {
    point: values.point,
    rich: t.rich(`${key}.${job.kind}`, { ...values, then }),
    plain: t.markup(`${key}.${job.kind}`, { ...values, then: (chunks: string) => chunks }),
  }
}
