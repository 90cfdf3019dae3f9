import { z } from 'zod'
import { adminRoute } from '@/lib/action'
import { readTallySince } from '@/lib/salespider/life/data'

/** `?since=`, ISO 8601: what the shop sold after that. */
export const GET = adminRoute('backups:read', async ({ request }) => {
  const since = z.iso.datetime().safeParse(request.nextUrl.searchParams.get('since'))
  if (!since.success) return new Response(null, { status: 400 })
  const { reading, tally } = await readTallySince(new Date(since.data))
  return { since: since.data, reading, tally }
})
