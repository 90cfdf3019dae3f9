import { loadJobParams, toJobQuery } from '@/components/history/search-params'
import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readJobList } from '@/lib/history/jobs/data'

export const GET = adminRoute('backups:read', ({ request }) => {
  const { filter, cursor } = toJobQuery(loadJobParams(request.nextUrl.searchParams))
  return readJobList(db(), stanzaName(), filter, cursor, new Date())
})
