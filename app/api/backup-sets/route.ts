import { loadSetParams, toHistoryQuery } from '@/components/history/search-params'
import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readHistory } from '@/lib/history/data'

export const GET = adminRoute('backups:read', ({ request }) =>
  readHistory(db(), stanzaName(), toHistoryQuery(loadSetParams(request.nextUrl.searchParams)), new Date()),
)
