import { z } from 'zod'
import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { parseJobId } from '@/lib/history/rules'
import { readTail } from '@/lib/jobs/tail/data'

const afterSchema = z.coerce.number().int().min(-1).catch(-1)

export const GET = adminRoute<{ jobId: string }>('backups:read', async ({ request, params }) => {
  const id = parseJobId(params.jobId)
  const tail =
    id && (await readTail(db(), stanzaName(), id, afterSchema.parse(request.nextUrl.searchParams.get('after') ?? -1), new Date()))
  return tail ?? new Response(null, { status: 404 })
})
