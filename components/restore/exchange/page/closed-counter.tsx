'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { type Standing, closedSpan } from '@/lib/restore/exchange/rules'
import type { Exchange } from '@/lib/restore/exchange/schema'
import { useDowntimeWords } from '../words'

const MINUTE = 60_000

type ClosedCounterProps = {
  exchange: Exchange
  standing: Standing
  /** Milliseconds so far, while the shop is closed */
  elapsed: number | null
}

/** For how long the shop has been closed, in tenths of a second; before that, that it is open. */
export function ClosedCounter({ exchange: { job, downtimes }, standing, elapsed }: ClosedCounterProps) {
  const t = useTranslations('exchange.live')
  const format = useFormat()
  const known = useDowntimeWords()(downtimes)
  const span = closedSpan(job.steps)
  const closed = elapsed ?? (span?.to ? span.to.getTime() - span.from.getTime() : null)
  if (closed === null) {
    const text = job.kind === 'restore-in-place' ? 'openTextInPlace' : 'openText'
    return (
      <div>
        <p className="text-[28px]/9 font-semibold tracking-[-0.026em]">{t('open')}</p>
        <p className="mt-0.5 text-muted">{t(text, { standing, usual: known?.median ?? 'none' })}</p>
      </div>
    )
  }
  const usual = known && t('usual', known)
  return (
    <div>
      <p className="text-muted">{t(elapsed === null ? 'again' : 'closed')}</p>
      <div role="timer" aria-live="off" className="my-1 flex items-baseline gap-x-2 tracking-[-0.035em]">
        <Big text={format.tenths(Math.max(50, closed), MINUTE)} isFinal={elapsed === null} />
      </div>
      <p className="text-compact text-muted">{elapsed === null ? t('exact') : usual}</p>
    </div>
  )
}

/** Digits large, units small. */
function Big({ text, isFinal }: { text: string; isFinal: boolean }) {
  return text.split(/[\s\u00a0]+/).map((part, at) => (
    <span
      key={at}
      className={cn(
        /^[\d.,]+$/.test(part)
          ? 'text-[72px]/[68px] font-semibold md:text-[104px]/[96px]'
          : 'text-[28px] font-medium tracking-[-0.02em] text-muted md:text-[40px]',
        isFinal && /^[\d.,]+$/.test(part) && 'text-muted',
      )}
    >
      {part}
    </span>
  ))
}
