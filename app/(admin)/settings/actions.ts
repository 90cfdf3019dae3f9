'use server'

import { z } from 'zod'
import { adminAction, refuse } from '@/lib/action'
import { listRepositories } from '@/lib/backups/data'
import { db, stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { enqueueOnce, ensureStanza } from '@/lib/jobs/mutations'
import { repoKeySchema } from '@/lib/jobs/schema'

/** One test at a time in each repository: who asks for another follows the one that is there. */
export const testConnection = adminAction({
  permission: 'checks:run',
  input: z.object({ repo: repoKeySchema }),
  run: async ({ tx, actor, input: { repo } }) => {
    const stanza = stanzaName()
    const isKnown = (await listRepositories(db(), stanza)).some(({ key }) => key === repo)
    if (!isKnown) return refuse(translator('settings')('refused.repository', { key: repo }))
    await ensureStanza(tx, stanza)
    const { job } = await enqueueOnce(tx, { stanza, request: { kind: 'test-repository', repo }, actor, trigger: 'manual', expiresInSeconds: 600 })
    return { jobId: job.id.toString() }
  },
})
