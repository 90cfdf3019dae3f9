'use client'

import { useNow } from '@/components/format-provider'
import { StaleNote } from '@/components/jobs/stale-note'
import { cn } from '@/lib/cn'
import type { Overview } from '@/lib/health/schema'
import { FactsSheet } from './facts-sheet'
import { FirstRun } from './first-run'
import type { May, OverviewActions } from './may'
import { useOverview } from './overview-query'
import { RecentActivity } from './recent-activity'
import { RepositoriesSheet } from './repositories-sheet'
import { ActiveJobs } from './running-job'
import { StripSheet } from './strip-sheet'
import { VerdictSection } from './verdict-section'

const columns = 'grid grid-cols-[minmax(0,1fr)] items-start gap-3 md:gap-4 lg:grid-cols-[minmax(0,1.62fr)_minmax(0,1fr)]'
/** Muted ink and no colour, not transparency: what is dimmed must still be readable. */
const dimmed = 'text-foreground grayscale-80 [--foreground:var(--muted-foreground)]'

type OverviewViewProps = { rendered: Overview; may: May; actions: OverviewActions }

/** The verdict and what it rests on. Where the page hears nothing any more, what it read last stays, dimmed, with its time. */
export function OverviewView({ rendered, may, actions }: OverviewViewProps) {
  const now = useNow()
  const { overview, stale } = useOverview(rendered, now)
  const isEmpty = overview.verdict.state === 'not-yet' || (overview.newest === null && overview.recent.length === 0)
  const isDim = stale !== null || (overview.verdict.state === 'unknown' && !isEmpty)
  return (
    <>
      <VerdictSection overview={overview} stale={stale} may={may} actions={actions} />
      {stale && <StaleNote since={stale} />}
      <div className={cn('grid gap-3 md:gap-4', isDim && dimmed)}>
        <ActiveJobs overview={overview} may={may} cancelJob={actions.cancelJob} />
        {isEmpty ? (
          <FirstRun overview={overview} />
        ) : (
          <>
            <FactsSheet overview={overview} />
            <StripSheet strip={overview.strip} />
            <div className={columns}>
              <RecentActivity overview={overview} />
              <RepositoriesSheet overview={overview} />
            </div>
          </>
        )}
      </div>
    </>
  )
}
