import type { SearchParams } from 'nuqs/server'
import { JobsView } from '@/components/history/jobs-view'
import { loadJobParams, serializeJobParams, toJobQuery } from '@/components/history/search-params'
import { requireUser } from '@/lib/auth/session'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readJobList } from '@/lib/history/jobs/data'

export default async function JobsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await requireUser()
  const params = loadJobParams(await searchParams)
  const { filter, cursor } = toJobQuery(params)
  const data = await readJobList(db(), stanzaName(), filter, cursor, new Date())
  return <JobsView rendered={{ data, key: serializeJobParams(params) }} />
}
