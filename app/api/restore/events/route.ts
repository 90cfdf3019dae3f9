import { adminRoute, invalidResponse } from '@/lib/action'
import { listEvents } from '@/lib/restore/timeline/data'
import { eventQuerySchema } from '@/lib/restore/timeline/schema'

/** `?search=&onlyDeletions=&beforeAt=&beforeId=`: an EventList. */
export const GET = adminRoute('backups:read', async ({ request }) => {
  const query = eventQuerySchema.safeParse(Object.fromEntries(request.nextUrl.searchParams))
  return query.success ? listEvents(query.data) : invalidResponse(query.error)
})
