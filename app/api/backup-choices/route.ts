import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readBackupChoices } from '@/lib/policy/data'

export const GET = adminRoute('backups:read', () => readBackupChoices(db(), stanzaName()))
