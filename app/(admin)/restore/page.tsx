import type { Metadata } from 'next'
import { RestoreScreen } from '@/components/restore/restore-screen'
import { PageHeader } from '@/components/shell/page-header'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { readRestore } from '@/lib/restore/view/data'
import { cancelJob } from '../jobs/actions'
import * as actions from './actions'
import { mayOf } from './may'

export function generateMetadata(): Metadata {
  return { title: translator('restore')('title') }
}

/** The chosen point stands in the address: `?at=`, or `?set=1/20261122-010003F` from the history. */
export default async function RestorePage() {
  const user = await requireUser()
  const view = await readRestore(db(), stanzaName(), new Date())
  return (
    <>
      <PageHeader title={translator('restore')('title')} />
      <RestoreScreen rendered={view} access={{ may: mayOf(user), actions: { ...actions, cancelJob } }} />
    </>
  )
}
