'use client'

import { ChevronRight, HardDrive } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import { pointOf } from '@/lib/restore/exchange/rules'
import type { PlanDetails } from '@/lib/restore/plan/schema'
import type { RestorePlan } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { blockedReason } from '../blocked'
import { estimateOf } from '../estimate'
import type { AskedPlan } from '../restore-query'
import type { DraftRead } from '../target-draft'
import { strong } from '../text-link'
import { useBlockedWords } from '../use-blocked-words'
import { InPlaceDialog } from './in-place-dialog'
import { usePointWords } from './words'

type InPlacePartProps = { view: RestoreView; read: DraftRead; asked: AskedPlan }

/** The way without a second copy, told plainly: it is for those who have no other, and folded away for everybody else. */
export function InPlacePart({ view, read, asked }: InPlacePartProps) {
  const t = useTranslations('exchange.inPlace')
  const words = useBlockedWords()
  const point = usePointWords()
  const { may } = useAccess()
  if (!may.inPlace) return null
  const reason = words(blockedReason({ mayDo: true, view, target: { read, asked } }))
  const known = asked.last && 'plan' in asked.last ? asked.last : null
  const plan = asked.answer && 'plan' in asked.answer ? asked.answer.plan : null
  const target = read.wish && pointOf(read.wish.target, plan)
  const way = (
    <>
      {!view.isShopLost && (
        <p className="text-pretty">
          {t('safety', { repo: known?.plan.repo ?? 1 })} {t('unseen')}
        </p>
      )}
      {target && <p>{t.rich('to', { point: point(target), b: strong })}</p>}
      {read.wish && plan && !reason
        ? <InPlaceDialog wish={read.wish} plan={plan} closedMs={closedMs(plan, view)} view={view} />
        : <p className="text-meta">{reason}</p>}
    </>
  )
  const consequence = <Consequence ms={known && closedMs(known.plan, view)} />
  if (view.isShopLost) return <Lost>{way}</Lost>
  const shortage = known && shortageOf(known.details)
  return shortage
    ? <Short {...shortage} consequence={consequence}>{way}</Short>
    : <Folded consequence={consequence}>{way}</Folded>
}

function shortageOf({ needed, free }: PlanDetails): { needed: number; free: number } | null {
  return free !== null && free < needed ? { needed, free } : null
}

/** How long copying and replaying took here before; null before the first. */
function closedMs(plan: Pick<RestorePlan, 'databaseSize' | 'segments'>, { estimate }: RestoreView): number | null {
  const known = estimateOf(plan, estimate)
  return known && known.copy + known.start + known.replay
}

function Consequence({ ms }: { ms: number | null }) {
  const t = useTranslations('exchange.inPlace')
  const format = useFormat()
  return <>{t('consequence', { duration: ms === null ? 'none' : format.duration(ms) })}</>
}

type PartProps = { consequence: ReactNode; children: ReactNode }

function Short({ needed, free, consequence, children }: PartProps & { needed: number; free: number }) {
  const t = useTranslations('exchange.inPlace')
  const format = useFormat()
  return (
    <Alone title={t('short', { needed: format.bytes(needed), free: format.bytes(free) })} text={consequence} advice={t('room')}>
      {children}
    </Alone>
  )
}

/** On a host that has no shop yet it is not the worse way but the only one, and nothing is lost by it. */
function Lost({ children }: { children: ReactNode }) {
  const t = useTranslations('exchange.inPlace.lost')
  return <Alone title={t('title')} text={t('text')} advice={t('old')}>{children}</Alone>
}

type AloneProps = { title: string; text: ReactNode; advice: string; children: ReactNode }

/** The only way there is, so it stands open. */
function Alone({ title, text, advice, children }: AloneProps) {
  const t = useTranslations('exchange.inPlace')
  return (
    <Sheet label={t('label')} className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 gap-y-2.5 px-4 py-3.5 md:px-5 md:py-4">
      <HardDrive aria-hidden className="mt-0.5 size-5 text-warn" />
      <p className="text-pretty">
        <b className="font-semibold">{title}</b> {text}
      </p>
      <div className="col-start-2 grid max-w-[80ch] justify-items-start gap-2.5">
        <p className="text-pretty text-muted">{advice}</p>
        {children}
      </div>
    </Sheet>
  )
}

function Folded({ consequence, children }: PartProps) {
  const t = useTranslations('exchange.inPlace')
  return (
    <details className="group">
      <summary
        className={cn(
          'inline-flex list-none items-center gap-1.5 text-muted hover:text-foreground max-md:min-h-11',
          '[&::-webkit-details-marker]:hidden',
        )}
      >
        <ChevronRight aria-hidden className="size-4 group-open:rotate-90" />
        {t('open')}
      </summary>
      <div className="mt-2 grid max-w-[80ch] justify-items-start gap-2.5 pl-5.5">
        <p className="text-pretty">
          {t('text')} {consequence}
        </p>
        {children}
      </div>
    </details>
  )
}
