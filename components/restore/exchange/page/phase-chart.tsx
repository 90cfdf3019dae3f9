'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { type Tense, phaseWords } from '@/components/jobs/words'
import { cn } from '@/lib/cn'
import type { Exchange } from '@/lib/restore/exchange/schema'
import { type PhaseChart as Chart, type PhaseRow, phaseChart } from './phase-rows'

/** Name, how long, and the bar; on a phone the bar stands beneath. */
const row = 'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 md:grid-cols-[14.5rem_3.75rem_minmax(0,1fr)]'
const track = 'relative h-3.5 max-md:col-span-2 max-md:mt-1'
const percent = (share: number) => `${share * 100}%`

type PhaseChartProps = { job: Exchange['job']; /** By the worker's clock */ now: Date }

/** What the exchange goes through, drawn on one time: how little of it the shop is closed for. */
export function PhaseChart({ job, now }: PhaseChartProps) {
  const t = useTranslations('exchange.live')
  const chart = phaseChart(job, now)
  return (
    <div className="grid gap-1 text-compact md:gap-0">
      {chart.ticks.length > 0 && <Ticks ticks={chart.ticks} />}
      <ol aria-label={t('chart')} className="grid gap-2 md:gap-0">
        {chart.rows.map((each) => (
          <Phase key={each.phase} row={each} kind={job.kind} chart={chart} />
        ))}
      </ol>
      {chart.ticks.length > 0 && (
        <div aria-hidden className={cn(row, 'md:min-h-9')}>
          <span>{t('shop')}</span>
          <span />
          <div className={track}>
            <Grid ticks={chart.ticks} />
            <ShopStrip chart={chart} />
          </div>
        </div>
      )}
    </div>
  )
}

function Ticks({ ticks }: Pick<Chart, 'ticks'>) {
  const format = useFormat()
  return (
    <div aria-hidden className={row}>
      <span className="max-md:hidden" />
      <span className="max-md:hidden" />
      <div className="relative h-6 text-meta max-md:col-span-2">
        {ticks.map(({ at, ms }, n) => (
          <span
            key={ms}
            style={{ left: percent(at) }}
            className={cn(
              'absolute whitespace-nowrap', n === ticks.length - 1 ? '-translate-x-full' : n > 0 && '-translate-x-1/2',
              n % 2 === 1 && n < ticks.length - 1 && 'max-md:hidden',
            )}
          >
            {ms === 0 ? '0' : ms % 1_000 > 0 ? format.tenths(ms) : format.duration(ms)}
          </span>
        ))}
      </div>
    </div>
  )
}

function Grid({ ticks }: Pick<Chart, 'ticks'>) {
  return ticks.map(({ at, ms }) => (
    <i key={ms} style={{ left: percent(at) }} className="absolute inset-y-0 w-px bg-border md:-inset-y-2.75" />
  ))
}

type PhaseProps = { row: PhaseRow; kind: Exchange['job']['kind']; chart: Chart }

function Phase({ row: { phase, tense, took, bar, isClosed }, kind, chart }: PhaseProps) {
  const jobs = useTranslations('jobs')
  const format = useFormat()
  return (
    <li aria-current={tense === 'now' ? 'step' : undefined} className={cn(row, 'md:min-h-9')}>
      <span className="flex min-w-0 items-center gap-2.5">
        <Mark tense={tense} />
        <span className={cn('text-pretty', tense === 'now' && 'font-semibold', tense === 'future' && 'text-faint')}>
          {phaseWords(jobs, phase, kind, tense)}
        </span>
      </span>
      <span className="text-right text-muted">{took === null ? '' : format.tenths(took)}</span>
      <div aria-hidden className={track}>
        <Grid ticks={chart.ticks} />
        {bar && (
          <i
            style={{ left: percent(bar.from), width: percent(bar.to - bar.from) }}
            className={cn(
              'absolute inset-y-0 min-w-0.75 rounded-xs',
              isClosed ? 'bg-lost' : tense === 'now' ? 'bg-run-fill' : 'bg-set-diff',
            )}
          />
        )}
      </div>
    </li>
  )
}

function Mark({ tense }: { tense: Tense }) {
  return (
    <span aria-hidden className="flex size-4 shrink-0 items-center justify-center">
      {tense === 'past' && <Check className="size-4 text-ok" />}
      {tense === 'now' && <i className="size-2.5 rounded-full bg-run-fill ring-4 ring-run/16" />}
      {tense === 'future' && <i className="size-1.5 rounded-full bg-bar" />}
    </span>
  )
}

/** Open, closed, open again. */
function ShopStrip({ chart: { closed, now } }: { chart: Chart }) {
  const t = useTranslations('exchange.live')
  const stretch = (from: number, to: number) => ({ left: percent(from), width: percent(Math.max(0, to - from)) })
  const open = 'absolute inset-y-0 rounded-xs bg-ok-fill'
  if (!closed) return <i title={t('shopOpen')} style={stretch(0, now)} className={open} />
  return (
    <>
      <i title={t('shopOpen')} style={stretch(0, closed.from)} className={open} />
      <i title={t('shopClosed')} style={stretch(closed.from, closed.to)} className="absolute top-1.25 h-1 min-w-1 bg-lost" />
      {closed.to < now && <i title={t('shopOpen')} style={stretch(closed.to, now)} className={open} />}
    </>
  )
}
