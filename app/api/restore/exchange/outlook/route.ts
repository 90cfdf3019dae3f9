import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readOutlook } from '@/lib/restore/exchange/outlook/data'

export const GET = adminRoute('backups:read', () => readOutlook(db(), stanzaName(), new Date()))
