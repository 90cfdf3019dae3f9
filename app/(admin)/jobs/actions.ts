'use server'

import { z } from 'zod'
import { adminAction, refuse } from '@/lib/action'
import { permissionFor } from '@/lib/auth/rules'
import { stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { requestCancel } from '@/lib/jobs/mutations'
import { retryJob as askAgain } from '@/lib/jobs/retry/mutations'

const input = z.object({ jobId: z.string().regex(/^\d{1,18}$/).transform(BigInt) })

/** Stops a job: a queued one at once, a running one as soon as its worker hears of it. */
export const cancelJob = adminAction({
  permission: 'jobs:cancel',
  input,
  run: async ({ tx, actor, input: { jobId } }) => {
    const outcome = await requestCancel(tx, jobId, actor)
    const t = translator('jobs')
    if (outcome === 'unknown') return refuse(t('refused.unknown'))
    if (outcome === 'already-ended') return refuse(t('refused.ended'))
    return { outcome }
  },
})

/** Asks for a failed or cancelled job again, as a new one. */
export const retryJob = adminAction({
  permission: 'backups:read',
  input,
  run: async ({ tx, actor, may, input: { jobId } }) => {
    const outcome = await askAgain(tx, stanzaName(), jobId, actor, (kind) => may(permissionFor(kind)))
    const t = translator('jobs')
    if (outcome === 'forbidden') return refuse(translator('shell')('action.forbidden'))
    if (outcome === 'unknown') return refuse(t('refused.unknown'))
    if (outcome === 'not-retryable') return refuse(t('refused.notRetryable'))
    return { jobId: outcome.id.toString() }
  },
})
