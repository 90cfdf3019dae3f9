import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readStatus } from '@/lib/health/data'

export const GET = adminRoute('backups:read', () => readStatus(db(), stanzaName(), new Date()))
