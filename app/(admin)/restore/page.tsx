import type { Metadata } from 'next'
import type { May } from '@/components/restore/access'
import { RestoreScreen } from '@/components/restore/restore-screen'
import { PageHeader } from '@/components/shell/page-header'
import { can } from '@/lib/auth/rules'
import { requireUser } from '@/lib/auth/session'
import type { SessionUser } from '@/lib/auth/schema'
import { db, stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { readRestore } from '@/lib/restore/view/data'
import { cancelJob } from '../jobs/actions'
import * as actions from './actions'

export function generateMetadata(): Metadata {
  return { title: translator('restore')('title') }
}

type RestorePageProps = { searchParams: Promise<{ set?: string | string[] }> }

/** `?set=1/20261122-010003F` opens on that set. */
export default async function RestorePage({ searchParams }: RestorePageProps) {
  const user = await requireUser()
  const [{ set }, view] = await Promise.all([searchParams, readRestore(db(), stanzaName(), new Date())])
  return (
    <>
      <PageHeader title={translator('restore')('title')} />
      <RestoreScreen
        rendered={view}
        access={{ may: mayOf(user), actions: { ...actions, cancelJob } }}
        wantedSet={typeof set === 'string' ? set : null}
      />
    </>
  )
}

function mayOf(user: SessionUser): May {
  return {
    rehearse: can(user, 'restore:rehearse'),
    point: can(user, 'restore:point'),
    switch: can(user, 'restore:switch'),
    undo: can(user, 'restore:undo'),
    inPlace: can(user, 'restore:in-place'),
    purge: can(user, 'restore:purge'),
    check: can(user, 'checks:run'),
    cancel: can(user, 'jobs:cancel'),
  }
}
