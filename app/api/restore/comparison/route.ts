import { adminRoute, invalidResponse } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { findComparison } from '@/lib/restore/comparison/data'
import { clusterIdSchema } from '@/lib/restore/schema'

/** `?rehearsal=`: what a switch to it would change; null before it was compared. */
export const GET = adminRoute('backups:read', async ({ request }) => {
  const id = clusterIdSchema.safeParse(request.nextUrl.searchParams.get('rehearsal'))
  return id.success ? findComparison(db(), stanzaName(), id.data) : invalidResponse(id.error)
})
