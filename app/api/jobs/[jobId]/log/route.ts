import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { parseJobId } from '@/lib/history/rules'
import { openLog } from '@/lib/jobs/tail/data'

/** The log as text, for a file. */
export const GET = adminRoute<{ jobId: string }>('backups:read', async ({ params }) => {
  const id = parseJobId(params.jobId)
  const log = id && (await openLog(db(), stanzaName(), id))
  if (!log) return new Response(null, { status: 404 })
  return new Response(log, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="job-${id}.log"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
})
