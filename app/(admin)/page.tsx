import type { Metadata } from 'next'
import { Suspense } from 'react'
import { BackUpNow } from '@/components/backups/back-up-now'
import type { May } from '@/components/overview/may'
import { OverviewSkeleton } from '@/components/overview/overview-skeleton'
import { OverviewView } from '@/components/overview/overview-view'
import { PageHeader } from '@/components/shell/page-header'
import { can } from '@/lib/auth/rules'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readOverview } from '@/lib/health/data'
import { translator } from '@/lib/i18n'
import { backUpNow, runCheck } from './actions'
import { cancelJob } from './jobs/actions'

const t = translator('overview')

export const metadata: Metadata = { title: t('title') }

/** Headings and the button come at once; the verdict when it was read, and never from a cache. */
export default async function OverviewPage() {
  const user = await requireUser()
  const may = { run: can(user, 'backups:run'), check: can(user, 'checks:run'), cancel: can(user, 'jobs:cancel') }
  return (
    <>
      <PageHeader title={t('title')} />
      <Suspense fallback={<OverviewSkeleton action={<BackUpNow mayRun={may.run} action={backUpNow} />} />}>
        <Overview may={may} />
      </Suspense>
    </>
  )
}

async function Overview({ may }: { may: May }) {
  const overview = await readOverview(db(), stanzaName(), new Date())
  return <OverviewView rendered={overview} may={may} actions={{ backUpNow, runCheck, cancelJob }} />
}
