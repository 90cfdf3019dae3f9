'use client'

import { CircleCheck, CircleDashed, CircleHelp, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Comparison } from '@/lib/restore/comparison/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import { momentOf, useMomentText } from './moment-words'
import { type Standing, rightSale, sameSchema, shopChecks, soundness } from './proofs'

type ProofsProps = { rehearsal: Rehearsal; comparison: Comparison; isChecking: boolean }

/** Four reasons to trust the copy, or not to. */
export function ProofsSheet({ rehearsal, comparison, isChecking }: ProofsProps) {
  const t = useTranslations('rehearsal.proofs')
  const moment = momentOf(rehearsal)
  return (
    <Sheet label={t('label')} className="grid divide-y md:grid-cols-2 md:divide-y-0 xl:grid-cols-4 xl:divide-x">
      <RightSale comparison={comparison} moment={moment} />
      <Soundness comparison={comparison} standing={soundness(comparison, isChecking)} />
      <SameSchema comparison={comparison} />
      <ShopChecks comparison={comparison} standing={shopChecks(comparison, isChecking)} />
    </Sheet>
  )
}

const marks = {
  ok: { icon: CircleCheck, ink: 'text-ok' }, found: { icon: TriangleAlert, ink: 'text-warn' },
  unknown: { icon: CircleHelp, ink: 'text-muted' }, pending: { icon: CircleDashed, ink: 'text-run' },
}

function Proof({ standing, title, children }: { standing: Standing; title: string; children: ReactNode }) {
  const { icon: Icon, ink } = marks[standing]
  return (
    <div className="grid grid-cols-[18px_minmax(0,1fr)] content-start gap-x-2.5 gap-y-0.5 px-4 py-3.5 md:px-5">
      <Icon aria-hidden className={cn('mt-px size-4.5', ink)} />
      <p className="font-medium">{title}</p>
      <div className="col-start-2 text-compact text-pretty text-muted [overflow-wrap:anywhere]">{children}</div>
    </div>
  )
}

function RightSale({ comparison, moment }: { comparison: Comparison; moment: Date | null }) {
  const t = useTranslations('rehearsal.proofs.sale')
  const text = useMomentText()
  const standing = rightSale(comparison, moment)
  const last = comparison.shop?.then.newestSaleAt
  const next = comparison.shop?.nextSaleAt
  const isLate = Boolean(next && moment && new Date(next) <= moment)
  return (
    <Proof standing={standing} title={t(`title.${standing}`)}>
      {last
        ? t(next ? (isLate ? 'late' : 'between') : 'newest', { last: text(new Date(last)), next: next ? text(new Date(next)) : '' })
        : t('none')}
    </Proof>
  )
}

function Soundness({ comparison: { amcheck }, standing }: { comparison: Comparison; standing: Standing }) {
  const t = useTranslations('rehearsal.proofs.damage')
  const format = useFormat()
  return (
    <Proof standing={standing} title={t(`title.${standing}`)}>
      {!amcheck && t(standing === 'pending' ? 'pending' : 'unlooked')}
      {amcheck?.status === 'ok' && t('ok', { count: amcheck.relations, took: format.duration(amcheck.took) })}
      {amcheck?.status === 'damaged' && t('damaged', { count: amcheck.problems.length })}
      {amcheck?.status === 'skipped' && t('skipped', { reason: amcheck.reason ?? 'failed' })}
    </Proof>
  )
}

function SameSchema({ comparison }: { comparison: Comparison }) {
  const t = useTranslations('rehearsal.proofs.schema')
  const standing = sameSchema(comparison)
  const { definitions, migration, unread } = comparison
  const unreadKinds = unread.filter((kind) => kind !== 'shop').join(', ')
  return (
    <Proof standing={standing} title={t(`title.${standing}`)}>
      {standing === 'found' && t('found', { count: definitions.length })}
      {standing === 'unknown' && t('unknown', { kinds: unreadKinds })}
      {standing === 'ok' && (migration ? <span className="font-mono text-[12px]">{migration}</span> : t('ok'))}
    </Proof>
  )
}

function ShopChecks({ comparison: { checks }, standing }: { comparison: Comparison; standing: Standing }) {
  const t = useTranslations('rehearsal.proofs.checks')
  const words = useTranslations('rehearsal.checks')
  const found = (checks ?? []).filter((check) => check.found !== null && check.found > 0)
  const unread = (checks ?? []).filter((check) => check.found === null)
  return (
    <Proof standing={standing} title={t(`title.${standing}`, { count: checks?.length ?? 0 })}>
      {standing === 'ok' && t('ok')}
      {standing === 'pending' && t('pending')}
      {standing === 'unknown' && (unread.length > 0 ? t('unread', { count: unread.length }) : t('noShop'))}
      {standing === 'found' && (
        <ul>{found.map((check) => <li key={check.name}>{words(check.name, { count: check.found ?? 0 })}</li>)}</ul>
      )}
    </Proof>
  )
}
