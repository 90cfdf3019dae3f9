import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readOverview } from '@/lib/health/data'

export const GET = adminRoute('backups:read', () => readOverview(db(), stanzaName(), new Date()))
