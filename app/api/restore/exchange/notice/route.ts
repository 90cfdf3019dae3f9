import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readNotice } from '@/lib/restore/exchange/undo/data'

export const GET = adminRoute('backups:read', () => readNotice(db(), stanzaName(), new Date()))
