import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { parseSetId } from '@/lib/history/rules'
import { getSetDetail } from '@/lib/history/set/data'

export const GET = adminRoute<{ repo: string; label: string }>('backups:read', async ({ params }) => {
  const id = parseSetId(`${params.repo}/${params.label}`)
  return { set: id && (await getSetDetail(db(), stanzaName(), id, new Date())) }
})
