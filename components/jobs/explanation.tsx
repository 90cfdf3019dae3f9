'use client'

import { OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { failureWords } from '@/lib/jobs/failure/rules'
import type { JobFailure, JobKind } from '@/lib/jobs/schema'

/** Why it failed: what happened, what that means, what to do; pgBackRest's own words and code come last. */
export function Explanation({ failure, kind }: { failure: JobFailure; kind: JobKind }) {
  const t = useTranslations('jobs.failure')
  const { title, meaning, steps } = failureWords(useTranslations('failures'), failure, kind)
  const { code, pgbackrestCode, detail } = failure
  return (
    <section aria-label={t('label')} className="overflow-hidden rounded-sheet border border-bad-line bg-card">
      <div className="border-t-3 border-b border-t-bad-fill border-b-bad-line bg-bad-tint px-4 pt-4 pb-4 md:px-5">
        <p className="flex max-w-[48em] gap-2 text-lg/6.5 font-semibold tracking-[-0.014em] text-pretty">
          <OctagonX aria-hidden className="mt-[3px] size-5 shrink-0 text-bad" />
          {title}
        </p>
      </div>
      <div className="grid md:grid-cols-[1.2fr_1fr_0.9fr]">
        <Part title={t('meaning')}>
          <ul className="grid gap-1.5">
            {meaning.map((sentence) => (
              <li key={sentence} className="grid grid-cols-[16px_minmax(0,1fr)] gap-1 text-pretty">
                <span aria-hidden className="mt-[7px] ml-0.5 size-1.5 rounded-full bg-bar" />
                {sentence}
              </li>
            ))}
          </ul>
        </Part>
        <Part title={t('steps')}>
          <ol className="grid gap-1.5">
            {steps.map((step, at) => (
              <li key={step} className="grid grid-cols-[20px_minmax(0,1fr)] text-pretty">
                <span aria-hidden className="text-faint">
                  {at + 1}.
                </span>
                {step}
              </li>
            ))}
          </ol>
        </Part>
        <Part title={pgbackrestCode === undefined ? t('ownWords') : t('words')}>
          {detail && (
            <p className="max-h-52 overflow-y-auto font-mono text-xs/4.5 [overflow-wrap:anywhere] whitespace-pre-line text-muted">
              {pgbackrestCode === undefined ? detail : `[${String(pgbackrestCode).padStart(3, '0')}] ${detail}`}
            </p>
          )}
          <p className="mt-1.5 font-mono text-meta">{t('code', { code })}</p>
        </Part>
      </div>
    </section>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t px-4 py-4 first:border-0 md:border-t-0 md:border-l md:px-5">
      <h3 className="mb-2 text-meta font-medium">{title}</h3>
      {children}
    </section>
  )
}
