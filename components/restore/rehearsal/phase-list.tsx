'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { type Tense, phaseWords } from '@/components/jobs/words'
import { cn } from '@/lib/cn'
import type { ClusterJob } from '@/lib/restore/view/schema'
import { phaseViews } from './phases'

/** What a job goes through, side by side; below md one under the other. */
export function PhaseList({ job }: { job: ClusterJob }) {
  const jobs = useTranslations('jobs')
  return (
    <ol aria-label={jobs('steps.title')} className="flex flex-wrap gap-x-6 gap-y-1.5 text-compact max-md:grid">
      {phaseViews(job).map(({ phase, tense }) => (
        <li key={phase} aria-current={tense === 'now' ? 'step' : undefined} className="flex items-center gap-2">
          <Mark tense={tense} />
          <span className={cn(tense === 'now' && 'font-semibold', tense === 'future' && 'text-faint')}>
            {phaseWords(jobs, phase, job.kind, tense)}
          </span>
        </li>
      ))}
    </ol>
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
