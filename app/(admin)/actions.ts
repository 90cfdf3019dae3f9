'use server'

import { z } from 'zod'
import { adminAction, refuse } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { type Enqueued, enqueueOnce, ensureStanza } from '@/lib/jobs/mutations'
import { preferredBackup } from '@/lib/policy/choices/rules'
import { backUpNowSchema } from '@/lib/policy/choices/schema'
import { readBackupChoices } from '@/lib/policy/data'

/** Enqueues a backup; a second one like it is refused while the first has not ended, as it would hold nothing more. */
export const backUpNow = adminAction({
  permission: 'backups:run',
  input: backUpNowSchema,
  run: async ({ tx, actor, input }) => {
    const stanza = stanzaName()
    const choices = await readBackupChoices(db(), stanza, { sets: !input.type })
    const request = preferredBackup(choices, input)
    const isKnown = choices.repositories.some(({ key }) => key === request.repo)
    if (!isKnown && request.repo !== choices.preferred) return refuse(translator('backups')('refused.repository', { key: request.repo }))
    await ensureStanza(tx, stanza)
    const enqueued = await enqueueOnce(tx, { stanza, request, actor, trigger: 'manual', reason: input.reason })
    return enqueued.created ? { jobId: enqueued.job.id.toString() } : refuse(alreadyWords(enqueued, request.type))
  },
})

/** Asks pgBackRest whether archiving and every repository work. */
export const runCheck = adminAction({
  permission: 'checks:run',
  input: z.object({}),
  run: async ({ tx, actor }) => {
    const stanza = stanzaName()
    await ensureStanza(tx, stanza)
    const { job, created } = await enqueueOnce(tx, { stanza, request: { kind: 'check' }, actor, trigger: 'manual' })
    return created ? { jobId: job.id.toString() } : refuse(translator('overview')('refused.check', { name: job.actorName }))
  },
})

function alreadyWords({ job }: Enqueued, type: string): string {
  const t = translator('backups')
  return t(job.status === 'RUNNING' ? 'refused.running' : 'refused.queued', { type, name: job.actorName, id: job.id.toString() })
}
