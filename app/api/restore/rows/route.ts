import { adminRoute, invalidResponse } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { listDifferenceRows } from '@/lib/restore/comparison/data'
import { rowQuerySchema } from '@/lib/restore/comparison/schema'

/** `?rehearsal=&schema=&table=`, and `sort`, `search`, `after`: a page of the rows that differ. */
export const GET = adminRoute('backups:read', async ({ request }) => {
  const query = rowQuerySchema.safeParse(Object.fromEntries(request.nextUrl.searchParams))
  return query.success ? listDifferenceRows(db(), stanzaName(), query.data) : invalidResponse(query.error)
})
