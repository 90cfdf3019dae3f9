import { adminRoute, invalidResponse } from '@/lib/action'
import { readMoment } from '@/lib/restore/timeline/data'
import { momentQuerySchema } from '@/lib/restore/timeline/schema'

/** `?at=`, ISO in UTC: a MomentView. */
export const GET = adminRoute('backups:read', async ({ request }) => {
  const query = momentQuerySchema.safeParse(Object.fromEntries(request.nextUrl.searchParams))
  return query.success ? readMoment(new Date(query.data.at), new Date()) : invalidResponse(query.error)
})
