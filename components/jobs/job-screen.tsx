'use client'

import { useNow } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { RepositoryName } from '@/lib/history/schema'
import { isActive } from '@/lib/jobs/rules'
import type { JobTail } from '@/lib/jobs/tail/schema'
import { CommandSheet } from './command-sheet'
import { Explanation } from './explanation'
import { FactsSheet } from './facts-sheet'
import type { JobActions } from './job-actions'
import { JobHeading } from './job-heading'
import { JobNotice } from './job-notice'
import { useJobTail } from './job-query'
import { LogSheet } from './log-sheet'
import { ProgressSheet } from './progress-sheet'
import { ResultSheet } from './result-sheet'
import { StaleNote } from './stale-note'
import { StepsSheet } from './steps-sheet'

type JobScreenProps = { initial: JobTail; repository: RepositoryName | null; actions: JobActions }

/** One job: what it is and how it stands, then its steps beside its log. Follows it while it is under way. */
export function JobScreen({ initial, repository, actions }: JobScreenProps) {
  const { data: tail, isError } = useJobTail(initial)
  const { job, events } = tail
  const isStale = useIsOld(tail) || isError
  return (
    <>
      <JobHeading job={job} events={events} repository={repository} actions={actions} />
      {isStale && <StaleNote since={tail.now} />}
      <div className={cn('contents', isStale && '[&>*]:opacity-60')}>
        <JobNotice tail={tail} />
        {job.failure && <Explanation failure={job.failure} kind={job.kind} />}
        {job.status === 'RUNNING' && !job.lost && <ProgressSheet job={job} />}
        {job.result && <ResultSheet job={job} result={job.result} />}
        <div className="grid gap-3 md:gap-4 xl:grid-cols-[292px_minmax(0,1fr)] xl:items-start">
          <div className="grid min-w-0 gap-3 max-xl:contents md:gap-4">
            <StepsSheet job={job} />
            <FactsSheet job={job} events={events} repository={repository} className="max-xl:order-1" />
          </div>
          <div className="grid min-w-0 gap-3 max-xl:contents md:gap-4">
            <LogSheet job={job} events={events} isActive={isActive(job.status)} />
            {job.command && <CommandSheet command={job.command} className="max-xl:order-1" />}
          </div>
        </div>
      </div>
    </>
  )
}

/** Longer than this without an answer counts as none: one that hangs is no error yet. */
const OLD_MS = 10_000

function useIsOld({ job, now: readAt }: JobTail): boolean {
  const now = useNow(2_000)
  return isActive(job.status) && now.getTime() - readAt.getTime() > OLD_MS
}
