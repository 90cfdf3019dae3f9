'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import type { Target } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { blockedReason } from '../blocked'
import { Refusal } from '../guarded-button'
import type { AskedPlan } from '../restore-query'
import { strong } from '../text-link'
import { useBlockedWords } from '../use-blocked-words'
import { usePoint } from '../use-point'
import { usePress } from '../use-press'
import type { TargetChoice } from './use-target'

export const REHEARSE = 'rehearse'
type RehearseProps = { view: RestoreView; target: TargetChoice; asked: AskedPlan; at: Date | null }

/** The one thing to do with a point. On a phone it stays in sight, with the point beside it. */
export function Rehearse(props: RehearseProps) {
  const { view: { rehearsal }, target: { read: { wish } }, at } = props
  const isThere = wish !== null && rehearsal?.status === 'ready' && isSame(rehearsal.target, wish.target)
  return (
    <div
      className={cn(
        'grid gap-2 px-4 pb-4 md:px-5 md:pb-5',
        wish && 'max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-20 max-md:border-t max-md:bg-card max-md:py-3',
        wish && 'max-md:pb-[max(0.75rem,env(safe-area-inset-bottom))]',
      )}
    >
      {isThere ? <ToRehearsal at={at} /> : <Press {...props} />}
    </div>
  )
}

/** The newest moment moves on: rehearsing it again is another point. */
function isSame(one: Target, other: Target): boolean {
  return one.type !== 'latest' && JSON.stringify(one) === JSON.stringify(other)
}

const big = 'text-base max-md:ml-auto md:h-11'

function ToRehearsal({ at }: { at: Date | null }) {
  const t = useTranslations('picker.rehearse')
  return (
    <div className="flex items-center gap-3 md:grid">
      <PhonePoint at={at} />
      <Button asChild id={REHEARSE} variant="primary" className={big}>
        <Link href={'/restore/rehearsal' as Route}>{t('look')}</Link>
      </Button>
    </div>
  )
}

function Press({ view, target: { read }, asked, at }: RehearseProps) {
  const t = useTranslations('picker.rehearse')
  const router = useRouter()
  const { may, actions } = useAccess()
  const { press, busy, error } = usePress(actions.rehearse, () => router.push('/restore/rehearsal' as Route))
  const reason = useReason(blockedReason({ mayDo: may.rehearse, view, lost: view.isShopLost, target: { read, asked } }), asked, view)
  const { rehearsal } = view
  const submit = () => read.wish && press({ wish: read.wish, ...(rehearsal && { rehearsal: rehearsal.id }) })
  const note = `${REHEARSE}-note`
  return (
    <>
      <Occupied view={view} />
      <div className="flex items-center gap-3 md:grid">
        {read.wish && <PhonePoint at={at} />}
        <Button
          id={REHEARSE}
          variant="primary"
          busy={busy}
          disabled={reason !== null}
          aria-describedby={note}
          className={big}
          onClick={submit}
        >
          {t(rehearsal ? 'move' : 'label')}
        </Button>
      </div>
      <p id={note} className={cn('text-meta text-pretty md:text-center', reason === null && 'max-md:hidden')}>
        {reason ?? t('note')}
      </p>
      <Refusal words={error?.message} />
    </>
  )
}

/** A full disk would stop the shop: what does not fit is not begun. */
function useReason(blocked: ReturnType<typeof blockedReason>, { answer }: AskedPlan, { rehearsal }: RestoreView): string | null {
  const t = useTranslations('picker.rehearse')
  const words = useBlockedWords()(blocked)
  const format = useFormat()
  if (words || !answer || !('plan' in answer)) return words
  const { needed, free } = answer.details
  if (free === null || needed <= free || rehearsal) return null
  return t('noRoom', { needed: format.bytes(needed), free: format.bytes(free) })
}

/** There is one rehearsal at a time: it says whose. */
function Occupied({ view: { rehearsal } }: { view: RestoreView }) {
  const t = useTranslations('picker.rehearse')
  const format = useFormat()
  const now = useNow(60_000)
  const point = usePoint()
  if (!rehearsal) return null
  const { actorName, createdAt, target } = rehearsal
  return (
    <p className="text-compact text-pretty text-muted max-md:hidden">
      {t.rich('occupied', { name: actorName, point: point(target), ago: format.ago(createdAt, now), b: strong })}
    </p>
  )
}

function PhonePoint({ at }: { at: Date | null }) {
  const format = useFormat()
  const now = useNow()
  if (!at) return null
  return (
    <p className="min-w-0 md:hidden">
      <b className="block truncate font-semibold">{format.time(at, { seconds: true })}</b>
      <span className="block truncate text-meta">
        {format.day(at)}, {at > now ? format.until(at, now) : format.ago(at, now)}
      </span>
    </p>
  )
}
