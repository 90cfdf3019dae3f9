import { adminRoute } from '@/lib/action'
import { getClusterSummary } from '@/lib/cluster/data'
import { db, stanzaName } from '@/lib/dashboard-db'

export const GET = adminRoute('backups:read', () => getClusterSummary(db(), stanzaName(), new Date()))
