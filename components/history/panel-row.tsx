'use client'

import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/ui/error-state'
import { Skeleton } from '@/components/ui/skeleton'
import { Graph } from './graph'
import type { Rail } from './rails'
import { RestorePart } from './restore-part'
import { SetFacts } from './set-facts'
import { useSetDetail } from './sets-query'

/** What opens under a set: what its restore reads, and what is known about it. */
export function PanelRow({ id, label, rails }: { id: string; label: string; rails: readonly Rail[] }) {
  const t = useTranslations('history.panel')
  return (
    <tr className="relative bg-sunken inset-shadow-[0_-1px] inset-shadow-border max-lg:block lg:static">
      <td
        colSpan={6}
        className="max-lg:block max-lg:px-4 max-lg:pt-1 max-lg:pb-4 max-lg:pl-10.5 lg:relative lg:pt-1 lg:pr-5 lg:pb-5 lg:pl-25.5"
      >
        <Graph rails={rails} />
        <section aria-label={t('label', { label })} className="grid gap-x-9 gap-y-4.5 md:grid-cols-[1fr_1.25fr]">
          <PanelContent id={id} />
        </section>
      </td>
    </tr>
  )
}

function PanelContent({ id }: { id: string }) {
  const t = useTranslations('history.panel')
  const { data: set, isError, isFetching, refetch } = useSetDetail(id)
  if (set) {
    return (
      <>
        <RestorePart set={set} />
        <SetFacts set={set} />
      </>
    )
  }
  if (set === null) return <p className="text-muted">{t('gone')}</p>
  if (isError) {
    return (
      <ErrorState title={t('failed')} onRetry={() => void refetch()} busy={isFetching} className="col-span-full px-0 lg:px-0">
        {t('failedText')}
      </ErrorState>
    )
  }
  return <PanelSkeleton />
}

function PanelSkeleton() {
  return (
    <>
      {[3, 6].map((lines) => (
        <div key={lines} className="grid content-start gap-3.5 py-1.5">
          {Array.from({ length: lines }, (_, line) => (
            <Skeleton key={line} className={line % 2 ? 'w-3/5' : 'w-4/5'} />
          ))}
        </div>
      ))}
    </>
  )
}
