'use client'

import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { useSelectedLayoutSegment } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { LinkTabs } from '@/components/ui/link-tabs'

type HistoryTabsProps = { sets: number; jobs: number; action: ReactNode; children: ReactNode }

/** The two views of history, each an address of its own, and the button both share. */
export function HistoryTabs({ sets, jobs, action, children }: HistoryTabsProps) {
  const t = useTranslations('history')
  const isJobs = useSelectedLayoutSegment() === 'jobs'
  return (
    <>
      <div className="-mt-4 flex h-13 items-end gap-6 border-b md:-mt-3 md:items-center">
        <LinkTabs
          label={t('tabs')}
          className="h-full items-end border-b-0"
          items={[
            { href: '/history', label: t('sets'), count: sets, current: !isJobs },
            { href: '/history/jobs', label: t('jobs'), count: jobs, current: isJobs },
          ]}
        />
        <div className="ml-auto max-md:hidden">{action}</div>
      </div>
      <NuqsAdapter>{children}</NuqsAdapter>
    </>
  )
}
