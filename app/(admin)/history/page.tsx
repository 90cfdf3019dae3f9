import type { SearchParams } from 'nuqs/server'
import { loadSetParams, serializeSetParams, toHistoryQuery } from '@/components/history/search-params'
import { SetsView } from '@/components/history/sets-view'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readHistory } from '@/lib/history/data'

export default async function SetsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireUser()
  const params = loadSetParams(await searchParams)
  const data = await readHistory(db(), stanzaName(), toHistoryQuery(params), new Date())
  return <SetsView rendered={{ data, key: serializeSetParams({ ...params, expired: null }) }} />
}
