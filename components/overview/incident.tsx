'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { reasonValues } from '@/components/health/reason-values'
import { cn } from '@/lib/cn'
import type { Overview, Reason } from '@/lib/health/schema'
import { failureWords } from '@/lib/jobs/failure/rules'
import catalogue from '@/messages/en/overview.json'
import { ReasonSentence } from './sentence'
import { type Trail, trailOf } from './trail'

/** What happened, what to do, and the times so far; joined to the verdict above it. */
export function Incident({ overview, edge }: { overview: Overview; edge: string }) {
  const t = useTranslations('overview.incident')
  const [worst, ...others] = overview.verdict.reasons
  const words = useReasonWords(worst, overview)
  if (!worst) return null
  const trail = trailOf(worst, overview)
  return (
    <section
      aria-label={t('label')}
      className={cn(
        '-mt-3 grid divide-y rounded-b-sheet border border-t-0 bg-card md:-mt-4 xl:divide-x xl:divide-y-0',
        trail.length > 0 ? 'xl:grid-cols-[1.15fr_1.15fr_1fr]' : 'xl:grid-cols-2',
        edge,
      )}
    >
      <Part title={t('what')}>
        {words.what.map((sentence) => (
          <p key={sentence} className="mt-2 text-pretty first-of-type:mt-0">
            {sentence}
          </p>
        ))}
        {words.own && (
          <p className="mt-2 font-mono text-[12px] leading-[18px] [overflow-wrap:anywhere] text-muted">{words.own}</p>
        )}
        {others.map((reason, index) => (
          <p key={index} className="mt-2 text-compact text-muted">
            {t.rich('also', { reason: () => <ReasonSentence reason={reason} overview={overview} /> })}
          </p>
        ))}
      </Part>
      <Part title={t('todo')}>
        <ol className="grid list-decimal gap-1.5 pl-5 marker:text-faint">
          {words.steps.map((step) => (
            <li key={step} className="text-pretty [overflow-wrap:anywhere]">
              {step}
            </li>
          ))}
        </ol>
      </Part>
      {trail.length > 0 && (
        <Part title={t('soFar')}>
          <TrailList trail={trail} />
        </Part>
      )}
    </section>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="px-4 py-4 md:px-6 md:pt-[18px] md:pb-5">
      <h2 className="mb-1.5 text-meta font-medium">{title}</h2>
      {children}
    </div>
  )
}

function TrailList({ trail }: { trail: Trail }) {
  const t = useTranslations('overview.incident.trail')
  const format = useFormat()
  const now = useNow(60_000)
  const isToday = (at: Date) => format.dayKey(at) === format.dayKey(now)
  return (
    <ol className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 text-compact">
      {trail.map(({ at, step }) => (
        <li key={step} className="col-span-2 grid grid-cols-subgrid py-[3px]">
          <time dateTime={at.toISOString()} className="text-muted">
            {isToday(at) ? format.time(at, { seconds: true }) : format.moment(at, now)}
          </time>
          {t(step)}
        </li>
      ))}
    </ol>
  )
}

type ReasonWords = { what: string[]; steps: string[]; own: string | null }

/** A failed backup has the words of its failure; every other reason has its own. */
function useReasonWords(reason: Reason | undefined, overview: Overview): ReasonWords {
  const t = useTranslations('overview')
  const failures = useTranslations('failures')
  const format = useFormat()
  const now = useNow()
  if (!reason) return { what: [], steps: [], own: null }
  if (reason.code === 'backup-failed') {
    const { title, meaning, steps } = failureWords(failures, reason.failure, 'backup')
    const { pgbackrestCode, detail = '' } = reason.failure
    const code = pgbackrestCode === undefined ? null : String(pgbackrestCode).padStart(3, '0')
    const own = code ? t('incident.pgbackrest', { code, detail }) : detail || null
    return { what: [title, ...meaning.slice(0, 1)], steps, own }
  }
  const values = reasonValues(reason, { t, format, now, overview })
  const own = reason.code === 'database-down' ? reason.detail : reason.code === 'repository-failed' ? reason.statusMessage : null
  const steps = Object.keys(catalogue.reason[reason.code].steps)
  return {
    what: [t(`reason.${reason.code}.what`, values)],
    steps: steps.map((step) => t(`reason.${reason.code}.steps.${step as '1'}`, values)),
    own,
  }
}
