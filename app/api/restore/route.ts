import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readRestore } from '@/lib/restore/view/data'

export const GET = adminRoute('backups:read', () => readRestore(db(), stanzaName(), new Date()))
