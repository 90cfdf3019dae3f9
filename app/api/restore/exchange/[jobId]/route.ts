import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { parseJobId } from '@/lib/history/rules'
import { findExchange } from '@/lib/restore/exchange/data'

export const GET = adminRoute<{ jobId: string }>('backups:read', async ({ params }) => {
  const id = parseJobId(params.jobId)
  const exchange = id === null ? null : await findExchange(db(), stanzaName(), id, new Date())
  return exchange ?? new Response(null, { status: 404 })
})
