'use client'

import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { ComparisonPart } from './comparison-part'
import { JobProgress } from './job-progress'
import { RehearsalActions } from './rehearsal-actions'
import { RehearsalFacts } from './rehearsal-facts'
import { useComparison } from './restore-query'
import { strong } from './text-link'
import { usePoint } from './use-point'

/** The copy beside the shop: while it is made, and once it can be looked at. */
export function RehearsalPart({ view }: { view: RestoreView }) {
  const t = useTranslations('restore.rehearsal')
  const { rehearsal } = view
  const job = view.jobs.find(({ kind }) => kind === 'rehearse')
  if (rehearsal) return <CurrentRehearsal key={rehearsal.id} rehearsal={rehearsal} view={view} />
  if (!job) return null
  return (
    <Sheet label={t('title')} className="grid gap-4 px-4 pt-3.5 pb-4 md:px-5">
      <h2 className="text-section">{t('starting')}</h2>
      <JobProgress job={job} label={t('progress')} />
    </Sheet>
  )
}

function CurrentRehearsal({ rehearsal, view }: { rehearsal: Rehearsal; view: RestoreView }) {
  const t = useTranslations('restore.rehearsal')
  const point = usePoint()
  const comparison = useComparison(rehearsal)
  const status = rehearsal.status === 'preparing' || rehearsal.status === 'failed' ? rehearsal.status : 'ready'
  const making = view.jobs.find(({ kind }) => kind === 'rehearse')
  const comparing = view.jobs.find(({ kind }) => kind === 'compare')
  const data = rehearsal.comparedAt ? (comparison.data ?? null) : null
  return (
    <>
      <Sheet label={t('title')} className="grid gap-4 px-4 pt-3.5 pb-4 md:px-5 md:pb-5">
        <div>
          <h2 className="text-[18px]/6.5 tracking-[-0.014em] text-pretty">
            {t.rich(status, { point: point(rehearsal.target), b: strong })}
          </h2>
          {status === 'failed' && <p className="mt-0.5 text-muted">{t('failedText')}</p>}
        </div>
        {making && <JobProgress job={making} label={t('progress')} />}
        <RehearsalFacts rehearsal={rehearsal} />
        {!making && <RehearsalActions rehearsal={rehearsal} comparison={data} view={view} />}
      </Sheet>
      {status === 'ready' && (
        <ComparisonPart
          rehearsal={rehearsal}
          comparison={data}
          job={comparing}
          isUnread={comparison.isError && !data}
          view={view}
        />
      )}
    </>
  )
}
