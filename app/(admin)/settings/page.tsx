import type { Metadata } from 'next'
import { SettingsScreen } from '@/components/settings/settings-screen'
import { PageHeader } from '@/components/shell/page-header'
import { can } from '@/lib/auth/rules'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { readRepositories } from '@/lib/repositories/view/data'
import { testConnection } from './actions'

export function generateMetadata(): Metadata {
  return { title: translator('settings')('title') }
}

export default async function SettingsPage() {
  const user = await requireUser()
  const view = await readRepositories(db(), stanzaName(), new Date())
  return (
    <>
      <PageHeader title={translator('settings')('title')} />
      <SettingsScreen rendered={view} mayTest={can(user, 'checks:run')} testConnection={testConnection} />
    </>
  )
}
