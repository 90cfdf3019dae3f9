import { adminRoute, invalidResponse } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { listGoneRows } from '@/lib/restore/comparison/data'
import { clusterIdSchema } from '@/lib/restore/schema'

/** `?rehearsal=`: the rows that were deleted since, and could be rescued. */
export const GET = adminRoute('backups:read', async ({ request }) => {
  const id = clusterIdSchema.safeParse(request.nextUrl.searchParams.get('rehearsal'))
  return id.success ? listGoneRows(db(), stanzaName(), id.data) : invalidResponse(id.error)
})
