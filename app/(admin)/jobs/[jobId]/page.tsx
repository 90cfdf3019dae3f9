import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { JobScreen } from '@/components/jobs/job-screen'
import { PageHeader } from '@/components/shell/page-header'
import { can } from '@/lib/auth/rules'
import { requireUser } from '@/lib/auth/session'
import { listRepositories } from '@/lib/backups/data'
import { db, stanzaName } from '@/lib/dashboard-db'
import { parseJobId } from '@/lib/history/rules'
import { translator } from '@/lib/i18n'
import { isUndone } from '@/lib/jobs/data'
import { readTail } from '@/lib/jobs/tail/data'
import { undoRescue } from '../../restore/rehearsal/actions'
import { cancelJob, retryJob } from '../actions'

/** What the page begins with; the rest of a long log follows at once. */
const FIRST_EVENTS = 200

type JobPageProps = { params: Promise<{ jobId: string }> }

export async function generateMetadata({ params }: JobPageProps): Promise<Metadata> {
  return { title: translator('jobs')('page.title', { id: (await params).jobId }) }
}

export default async function JobPage({ params }: JobPageProps) {
  const user = await requireUser()
  const id = parseJobId((await params).jobId)
  const tail = id === null ? null : await readTail(db(), stanzaName(), id, -1, new Date(), FIRST_EVENTS)
  if (!tail) notFound()
  const { request } = tail.job
  const repository =
    request.kind === 'backup' ? (await listRepositories(db(), stanzaName())).find(({ key }) => key === request.repo) : undefined
  const mayUndo = request.kind === 'rescue' && can(user, 'restore:rescue') && !(await isUndone(db(), stanzaName(), tail.job.id))
  const t = translator('jobs')
  return (
    <>
      <PageHeader title={t('page.title', { id: tail.job.id })} crumbs={[{ href: '/history/jobs', label: t('page.history') }]} />
      <JobScreen
        key={tail.job.id}
        initial={tail}
        repository={repository ? { key: repository.key, type: repository.type, location: repository.location } : null}
        actions={{
          cancel: can(user, 'jobs:cancel') ? cancelJob : null,
          retry: can(user, 'backups:run') ? retryJob : null,
          undoRescue: mayUndo ? undoRescue : null,
        }}
      />
    </>
  )
}
