'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogDescription, DialogFooter, DialogTitle } from '@/components/ui/dialog'
import { cn } from '@/lib/cn'
import { ITEMS } from '@/lib/restore/comparison/rules'
import type { RescuePlan, RescueStep } from '@/lib/restore/rescue/schema'
import { Refusal } from '../guarded-button'
import { choiceId, countChildren } from './choice'
import { useRowName } from './names'

type PlanStepProps = {
  outcome: RescuePlan; count: number; busy: boolean; refusal: string | undefined; onRescue: () => void; onClose: () => void
}

/** What will be put back, what comes along, and what stays as it is today. */
export function PlanStep({ outcome: { steps, renamed, stillDeleted }, count, busy, refusal, onRescue, onClose }: PlanStepProps) {
  const t = useTranslations('rescue')
  const chosen = steps.filter(({ why }) => why === 'chosen')
  const along = steps.length - chosen.length
  return (
    <>
      <DialogTitle>{t('plan.title', { count })}</DialogTitle>
      <DialogDescription className="text-pretty">{t('plan.text')}</DialogDescription>
      <div className="mt-4 grid max-h-[50dvh] gap-4 overflow-y-auto">
        <StepList title={null} steps={chosen} />
        {along > 0 && <StepList title={t('plan.along', { count: along })} steps={steps.filter(({ why }) => why !== 'chosen')} />}
        {renamed.length + stillDeleted.length > 0 && (
          <ul className="grid gap-1.5 text-compact text-pretty">
            {renamed.map(({ then, now }) => <li key={then}>{t('plan.renamed', { then, now })}</li>)}
            {stillDeleted.map((name) => <li key={name}>{t('plan.stillDeleted', { name })}</li>)}
          </ul>
        )}
      </div>
      <Refusal words={refusal} className="mt-3" />
      <DialogFooter>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button variant="primary" busy={busy} onClick={onRescue}>{t('label', { count })}</Button>
      </DialogFooter>
    </>
  )
}

export function StepList({ title, steps, className }: { title: string | null; steps: readonly RescueStep[]; className?: string }) {
  const t = useTranslations('rescue.plan')
  const nameOf = useRowName()
  return (
    <section className={cn('min-w-0', className)}>
      {title && <h3 className="mb-1.5 text-compact font-medium">{title}</h3>}
      <ul className="divide-y border-y">
        {steps.filter(({ why }) => why !== 'child').map((step) => (
          <StepItem key={choiceId(step)} name={nameOf(step)} note={t(step.why === 'parent' ? 'parent' : step.how, { table: step.table })} />
        ))}
        {countChildren(steps).map(([table, count]) => (
          <StepItem key={table} name={table === ITEMS ? t('items', { count }) : t('rows', { count, table })} note={t('child')} />
        ))}
      </ul>
    </section>
  )
}

function StepItem({ name, note }: { name: string; note: string }) {
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 py-2">
      <Check aria-hidden className="size-4 self-center text-back-ink" />
      <span className="[overflow-wrap:anywhere]">{name}</span>
      <span className="text-right text-compact text-muted">{note}</span>
    </li>
  )
}
