import type { Metadata } from 'next'
import { RehearsalScreen } from '@/components/restore/rehearsal/rehearsal-screen'
import { PageHeader } from '@/components/shell/page-header'
import { can } from '@/lib/auth/rules'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { readRehearsalStory } from '@/lib/restore/rehearsal/story/data'
import { readRestore } from '@/lib/restore/view/data'
import { cancelJob } from '../../jobs/actions'
import * as actions from '../actions'
import { mayOf } from '../may'
import * as rescueActions from './actions'

export function generateMetadata(): Metadata {
  return { title: translator('rehearsal')('title') }
}

export default async function RehearsalPage() {
  const user = await requireUser()
  const [view, story] = await Promise.all([
    readRestore(db(), stanzaName(), new Date()), readRehearsalStory(db(), stanzaName()),
  ])
  return (
    <>
      <PageHeader title={translator('rehearsal')('title')} crumbs={[{ href: '/restore', label: translator('restore')('title') }]} />
      <RehearsalScreen
        rendered={view}
        story={story}
        access={{ may: mayOf(user), actions: { ...actions, cancelJob } }}
        rescueAccess={{ may: { plan: can(user, 'restore:rehearse'), rescue: can(user, 'restore:rescue') }, actions: { ...rescueActions } }}
      />
    </>
  )
}
