'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { PlanDetails } from '@/lib/restore/plan/schema'
import type { RestorePlan } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { moneyText } from '../rehearsal/money'
import { useAround } from '../restore-query'
import { type ChainLine, chainLines } from './chain'
import { EstimatePart } from './estimate-part'

type PlanBodyProps = { plan: RestorePlan; details: PlanDetails; at: Date | null; view: RestoreView }

/** Which sets and how much WAL, how long, and what it would mean. */
export function PlanBody({ plan, details, at, view }: PlanBodyProps) {
  return (
    <>
      <ol className="relative grid gap-3 pb-4">
        {chainLines(details.chain).map((line) => (
          <SetStep key={line.label} line={line} isTarget={line.label === plan.label} />
        ))}
        <ReplayStep plan={plan} details={details} />
      </ol>
      <EstimatePart plan={plan} view={view} />
      <dl className="mt-4 grid gap-2 text-compact">
        <Consequences at={at} view={view} />
        <Disk details={details} />
        <Line name="shop" value="shopOpen" />
      </dl>
    </>
  )
}

type StepProps = { dot: string; end?: ReactNode; note?: ReactNode; isLast?: boolean; children: ReactNode }

function Step({ dot, end, note, isLast = false, children }: StepProps) {
  return (
    <li className="relative grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2.5 text-compact">
      {!isLast && <span aria-hidden className="absolute top-4 -bottom-4 left-[5.5px] w-px bg-then/45" />}
      <i aria-hidden className={cn('mt-[5px] size-3 rounded-full border-2 border-then', dot)} />
      <span className="min-w-0 text-pretty">
        {children}
        {note && <span className="block text-meta [overflow-wrap:anywhere]">{note}</span>}
      </span>
      {end && <span className="text-muted">{end}</span>}
    </li>
  )
}

function SetStep({ line: { type, count, stoppedAt, size, label, note }, isTarget }: { line: ChainLine; isTarget: boolean }) {
  const t = useTranslations('picker.plan')
  const format = useFormat()
  const now = useNow(60_000)
  const moment = format.moment(stoppedAt, now, { inline: true })
  const words = note && (note.by ? t('by', { name: note.by, reason: note.reason }) : note.reason)
  return (
    <Step
      dot="bg-card"
      end={format.bytes(size)}
      note={words ?? ((isTarget || type === 'full') && <span className="font-mono">{label}</span>)}
    >
      {t('sets', { type, count, moment })}
    </Step>
  )
}

/** What comes after the set, up to the point. */
function ReplayStep({ plan: { target, segments, time }, details: { from, to } }: Pick<PlanBodyProps, 'plan' | 'details'>) {
  const t = useTranslations('picker.plan')
  const format = useFormat()
  if (target.type === 'set') return <Step dot="bg-then" isLast>{t('replayNone', { count: segments })}</Step>
  const isSameDay = from && to && format.dayKey(from) === format.dayKey(to)
  const end = to && (isSameDay ? format.time(to, { seconds: true, millis: Boolean(time && to.getMilliseconds()) }) : format.dateTime(to))
  return (
    <Step
      dot="bg-then"
      isLast
      end={from && to && format.duration(Math.max(0, to.getTime() - from.getTime()))}
      note={from && end && t('stretch', { from: isSameDay ? format.time(from) : format.dateTime(from), to: end })}
    >
      {t('replay', { count: segments })}
    </Step>
  )
}

/** Of a switch, as far as the shop tells. */
function Consequences({ at, view }: { at: Date | null; view: RestoreView }) {
  const t = useTranslations('picker.plan')
  const { options: { locale } } = useFormat()
  const { around } = useAround(at)
  if (!around) return null
  const { since, deletedSince, reading } = around
  if (!since) return <Line name="lose" value={reading === 'foreign' ? 'loseForeign' : 'loseUnknown'} />
  return (
    <>
      <Pair name={t('lose')} className={since.count > 0 ? 'font-semibold text-lost-ink' : undefined}>
        {t('sales', { count: since.count, takings: moneyText(since.takings, view.currency, locale) })}
      </Pair>
      {deletedSince !== null && deletedSince > 0 && (
        <Pair name={t('bringBack')} className="font-semibold text-back-ink">{t('deleted', { count: deletedSince })}</Pair>
      )}
    </>
  )
}

function Disk({ details: { needed, free } }: { details: PlanDetails }) {
  const t = useTranslations('picker.plan')
  const format = useFormat()
  if (free === null) return <Pair name={t('disk')}>{t('diskNeeded', { needed: format.bytes(needed) })}</Pair>
  return (
    <Pair name={t('disk')} className={needed > free ? 'font-semibold text-bad' : undefined}>
      {t('diskOf', { needed: format.bytes(needed), free: format.bytes(free) })}
    </Pair>
  )
}

function Line({ name, value }: { name: 'shop' | 'lose'; value: 'shopOpen' | 'loseUnknown' | 'loseForeign' }) {
  const t = useTranslations('picker.plan')
  return <Pair name={t(name)}>{t(value)}</Pair>
}

function Pair({ name, className, children }: { name: string; className?: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="max-w-3/5 shrink-0 text-muted">{name}</dt>
      <dd className={cn('text-right text-pretty', className)}>{children}</dd>
    </div>
  )
}
