'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { BackUpNow } from '@/components/backups/back-up-now'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import type { Overview, ReasonCode, VerdictState } from '@/lib/health/schema'
import { CheckButton } from './check-button'
import { ChecksLine } from './checks-line'
import { Incident } from './incident'
import type { May, OverviewActions } from './may'
import { Sentence } from './sentence'

/** Severity takes ground: green has no box, the others tint their own and put an edge on it. */
const amber = { tint: 'bg-warn-tint shadow-[inset_0_3px_0_hsl(var(--warn-fill))]', edge: 'border-warn-fill/30' }
const grounds: Record<VerdictState, { tint: string; edge: string } | null> = {
  protected: null,
  unprotected: { tint: 'bg-bad-tint shadow-[inset_0_3px_0_hsl(var(--bad-fill))]', edge: 'border-bad-line' },
  'at-risk': amber,
  'not-yet': amber,
  restoring: { tint: 'bg-run-tint shadow-[inset_0_3px_0_hsl(var(--run-fill))]', edge: 'border-run/25' },
  unknown: { tint: 'bg-foreground/4 shadow-[inset_0_3px_0_hsl(var(--control))]', edge: 'border-border' },
}

/** A backup does not help against these: their cause is looked for first. */
const checkedFirst: ReasonCode[] = [
  'disk-filling', 'archive-failing', 'archive-behind', 'archive-off', 'archive-command-missing', 'repository-failed',
]

type VerdictSectionProps = { overview: Overview; stale: Date | null; may: May; actions: OverviewActions }

export function VerdictSection({ overview, stale, may, actions }: VerdictSectionProps) {
  const t = useTranslations('overview')
  const { state, reasons } = overview.verdict
  const ground = grounds[stale ? 'unknown' : state]
  const hasIncident = !stale && reasons.length > 0 && !(state === 'not-yet' && reasons[0]?.code === 'no-set')
  return (
    <>
      <section
        aria-label={t('say.label')}
        className={cn(
          'grid gap-x-12 md:grid-cols-[minmax(0,1fr)_auto]',
          ground ? 'border px-4 pt-5 pb-3.5 md:px-6 md:pt-6 md:pb-5' : 'pt-1 pb-2 md:pt-3 md:pb-4',
          ground && [ground.tint, ground.edge, hasIncident ? 'rounded-t-sheet' : 'rounded-sheet'],
        )}
      >
        <Sentence overview={overview} stale={stale} />
        <Actions overview={overview} may={may} actions={actions} />
        <div className="md:col-span-2">
          <ChecksLine overview={overview} isStale={stale !== null} isBoxed={ground !== null} />
        </div>
      </section>
      {hasIncident && ground && <Incident overview={overview} edge={ground.edge} />}
    </>
  )
}

/** One primary action: the one that gets nearer to green. */
function Actions({ overview: { verdict }, may, actions }: Omit<VerdictSectionProps, 'stale'>) {
  const t = useTranslations('overview.incident')
  const [worst] = verdict.reasons
  const isCheckFirst = worst !== undefined && checkedFirst.includes(worst.code)
  return (
    <div className="mt-[18px] grid content-start gap-2 md:mt-0 md:min-w-38 md:pt-0.5">
      {isCheckFirst && may.check && <CheckButton runCheck={actions.runCheck} />}
      <BackUpNow mayRun={may.run} action={actions.backUpNow} variant={isCheckFirst ? 'secondary' : 'primary'} />
      {worst?.code === 'backup-failed' && (
        <Button asChild>
          <Link href={`/jobs/${worst.jobId}` as Route}>{t('openLog')}</Link>
        </Button>
      )}
    </div>
  )
}
