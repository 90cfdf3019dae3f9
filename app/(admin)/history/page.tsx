import type { SearchParams } from 'nuqs/server'
import { BackUpNow } from '@/components/backups/back-up-now'
import { loadSetParams, serializeSetParams, toHistoryQuery } from '@/components/history/search-params'
import { SetsView } from '@/components/history/sets-view'
import { can } from '@/lib/auth/rules'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readHistory } from '@/lib/history/data'
import { backUpNow } from '../actions'

export default async function SetsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const user = await requireUser()
  const params = loadSetParams(await searchParams)
  const data = await readHistory(db(), stanzaName(), toHistoryQuery(params), new Date())
  return (
    <SetsView
      rendered={{ data, key: serializeSetParams({ ...params, expired: null }) }}
      action={<BackUpNow mayRun={can(user, 'backups:run')} action={backUpNow} />}
    />
  )
}
