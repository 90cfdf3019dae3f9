import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readRepositories } from '@/lib/repositories/view/data'

export const GET = adminRoute('backups:read', () => readRepositories(db(), stanzaName(), new Date()))
