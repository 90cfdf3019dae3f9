import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { JobStatePill } from '@/components/jobs/state'
import { stepsOf } from '@/components/jobs/steps'
import { failureWords } from '@/lib/jobs/failure/rules'
import type { JobFailure } from '@/lib/jobs/schema'
import type { RepositoryTest } from '@/lib/repositories/view/schema'
import { TestStep } from './test-step'

/** The worker taking the job and its last look at the catalog are no steps of the test. */
const aside = ['claim', 'catalog']

/** The test that runs, or else the last one: each step with its own end, and what to do about what is missing. */
export function TestPart({ test, isWorkerAlive }: { test: RepositoryTest | null; isWorkerAlive: boolean }) {
  const t = useTranslations('settings.tested')
  const format = useFormat()
  const now = useNow()
  return (
    <div aria-live="polite" className="border-t px-4 py-3.5 md:mt-4 md:mb-4 md:border-t-0 md:border-l md:px-5 md:py-0">
      <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-medium">
        {t('label')}
        {test && <JobStatePill job={{ ...test, cancelRequestedAt: null }} type={null} />}
        {test && (
          <Link href={`/jobs/${test.id}` as Route} className="ml-auto text-meta font-normal hover:underline">
            {test.finishedAt ? format.moment(test.finishedAt, now) : t('follow')}
          </Link>
        )}
      </h3>
      {test ? <Steps test={test} /> : <p className="mt-1.5 text-muted">{t('never')}</p>}
      {test?.status === 'QUEUED' && !isWorkerAlive && <p className="mt-2 text-warn">{t('noWorker')}</p>}
      {test && <Reasons test={test} />}
    </div>
  )
}

function Steps({ test }: { test: RepositoryTest }) {
  const steps = stepsOf(test).filter(({ phase }) => !aside.includes(phase))
  return (
    <ol className="mt-2 grid gap-1">
      {steps.map((step) => (
        <TestStep key={step.phase} step={step} kind={test.kind} />
      ))}
    </ol>
  )
}

/** Of every step that failed; of the test itself, where it ended before its first step. */
function Reasons({ test }: { test: RepositoryTest }) {
  const failures = test.progress?.steps.flatMap(({ failure }) => failure ?? []) ?? []
  const told = failures.length > 0 ? failures : test.failure ? [test.failure] : []
  return told.map((failure) => <Reason key={`${failure.code} ${failure.params?.step}`} failure={failure} test={test} />)
}

function Reason({ failure, test: { kind } }: { failure: JobFailure; test: RepositoryTest }) {
  const { title, steps } = failureWords(useTranslations('failures'), failure, kind)
  return (
    <div className="mt-3 rounded-control bg-bad-tint px-3 py-2.5">
      <p className="font-medium text-pretty">{title}</p>
      <ol className="mt-1 grid gap-1 text-compact">
        {steps.map((step, at) => (
          <li key={step} className="grid grid-cols-[18px_minmax(0,1fr)] text-pretty">
            <span aria-hidden className="text-muted">
              {at + 1}.
            </span>
            {step}
          </li>
        ))}
      </ol>
    </div>
  )
}
