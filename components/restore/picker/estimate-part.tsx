'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { RestorePlan } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { type Estimate, TELLING_SAMPLES, estimateOf } from '../estimate'
import { strong } from '../text-link'

const phases = [['copy', 'bg-set-full'], ['start', 'bg-set-incr'], ['replay', 'bg-set-diff'], ['check', 'bg-set-wal']] as const

/** How long until it can be looked at, by what it took here before. */
export function EstimatePart({ plan, view }: { plan: RestorePlan; view: RestoreView }) {
  const t = useTranslations('picker.plan')
  const format = useFormat()
  const estimate = estimateOf(plan, view.estimate)
  if (!estimate) {
    return (
      <section className="border-t pt-3.5">
        <p>{t.rich('unknown', { b: strong })}</p>
        <p className="text-meta text-pretty">{t('unknownWhy')}</p>
      </section>
    )
  }
  const { samples, total } = estimate
  const isTelling = samples >= TELLING_SAMPLES
  return (
    <section className="border-t pt-3.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span>{t.rich('ready', { duration: t('about', { duration: format.duration(total) }), b: strong })}</span>
        <span className="text-meta">{t(isTelling ? 'byRestores' : 'fromRestores', { count: samples })}</span>
      </p>
      <PhaseBar estimate={estimate} />
      {view.rehearsal && <p className="mt-2 text-meta text-pretty">{t('moveTakes')}</p>}
    </section>
  )
}

function PhaseBar({ estimate }: { estimate: Estimate }) {
  const t = useTranslations('picker.plan.phase')
  const format = useFormat()
  const told = phases.filter(([phase]) => estimate[phase] > 0)
  return (
    <>
      <div aria-hidden className="mt-2 flex h-2 gap-px overflow-hidden rounded-[3px]">
        {told.map(([phase, fill]) => (
          <i key={phase} style={{ flexGrow: estimate[phase] }} className={cn('min-w-1 basis-0', fill)} />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-2.5 gap-y-0.5 text-meta">
        {told.map(([phase, fill]) => (
          <li key={phase} className="flex items-center gap-1.5 whitespace-nowrap">
            <i aria-hidden className={cn('size-2 rounded-[2px]', fill)} />
            {t(phase, { duration: format.duration(estimate[phase]) })}
          </li>
        ))}
      </ul>
    </>
  )
}
