import { adminRoute, invalidResponse } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readTimeline } from '@/lib/restore/timeline/data'
import { timelineQuerySchema } from '@/lib/restore/timeline/schema'

/** `?from=&to=&bars=`, in ms: a TimelineSlice of that view. */
export const GET = adminRoute('backups:read', async ({ request }) => {
  const query = timelineQuerySchema.safeParse(Object.fromEntries(request.nextUrl.searchParams))
  return query.success ? readTimeline(db(), stanzaName(), query.data, new Date()) : invalidResponse(query.error)
})
