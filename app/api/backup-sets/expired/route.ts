import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { listExpired } from '@/lib/history/set/data'

export const GET = adminRoute('backups:read', () => listExpired(db(), stanzaName()))
