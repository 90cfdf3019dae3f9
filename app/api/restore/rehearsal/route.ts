import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { readRehearsalStory } from '@/lib/restore/rehearsal/story/data'

export const GET = adminRoute('backups:read', () => readRehearsalStory(db(), stanzaName()))
