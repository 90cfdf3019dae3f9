import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { BackUpNow } from '@/components/backups/back-up-now'
import { HistoryTabs } from '@/components/history/history-tabs'
import { PageHeader } from '@/components/shell/page-header'
import { can } from '@/lib/auth/rules'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { countBackupSets } from '@/lib/history/data'
import { translator } from '@/lib/i18n'
import { countJobs } from '@/lib/jobs/data'
import { backUpNow } from '../actions'

export function generateMetadata(): Metadata {
  return { title: translator('history')('title') }
}

export default async function HistoryLayout({ children }: { children: ReactNode }) {
  const user = await requireUser()
  const [sets, jobs] = await Promise.all([countBackupSets(db(), stanzaName()), countJobs(db(), stanzaName(), {})])
  return (
    <>
      <PageHeader title={translator('history')('title')} />
      <HistoryTabs
        sets={sets}
        jobs={jobs}
        action={<BackUpNow mayRun={can(user, 'backups:run')} action={backUpNow} variant="secondary" />}
      >
        {children}
      </HistoryTabs>
    </>
  )
}
