import type { z } from 'zod'
import { refuse } from '@/lib/action'
import type { Actor } from '@/lib/audit/schema'
import { host } from '@/lib/auth/host'
import { confirmPassword } from '@/lib/auth/mutations'
import type { Refusal } from '@/lib/auth/schema'
import { db, stanzaName } from '@/lib/dashboard-db'
import type { Tx } from '@/lib/db'
import { translator } from '@/lib/i18n'
import { listActiveJobs } from '@/lib/jobs/data'
import { enqueueOnce, ensureStanza } from '@/lib/jobs/mutations'
import { exclusiveKinds } from '@/lib/jobs/rules'
import type { JobKind, JobRequest } from '@/lib/jobs/schema'
import { STALE_SECONDS, blockerOf } from '@/lib/restore/request/rules'
import type { confirmationSchema } from '@/lib/restore/view/schema'

/** Enqueues it; the same by somebody else is named instead. */
export async function ask(tx: Tx, actor: Actor, request: JobRequest) {
  const stanza = stanzaName()
  await ensureStanza(tx, stanza)
  const expiresInSeconds = exclusiveKinds.includes(request.kind) ? STALE_SECONDS : undefined
  const { job, created } = await enqueueOnce(tx, { stanza, request, actor, trigger: 'manual', expiresInSeconds })
  const jobId = job.id.toString()
  return created ? { jobId } : refuse(translator('restore')('refused.same', { name: job.actorName, id: jobId }))
}

/**
 * As `ask`, where nothing else may be under way. That is looked up on another connection once this one waits for nobody: it
 * sees whoever asked before, and not this job.
 */
export async function askAlone(tx: Tx, actor: Actor, request: JobRequest) {
  const asked = await ask(tx, actor, request)
  const other = blockerOf(await listActiveJobs(db(), stanzaName(), new Date()))
  return other && 'jobId' in asked ? refuse(blockedWords(other)) : asked
}

function blockedWords({ kind, id, actorName }: { kind: JobKind; id: string; actorName: string }): string {
  const title = translator('jobs')(`title.${kind}`, { type: 'full' })
  return translator('restore')('blocked.job', { name: actorName, title, id })
}

/** Null when the stanza's name was typed and the password is the person's own; else why not, beside its field. */
export async function confirm(actor: Actor, { stanza, password }: z.output<typeof confirmationSchema>) {
  const t = translator('restore')
  if (stanza.trim() !== stanzaName()) {
    const words = t('confirm.stanzaWrong', { stanza: stanzaName() })
    return refuse(words, { stanza: [words] })
  }
  if (actor.kind !== 'user') throw new Error('only a person can confirm')
  const refusal = await confirmPassword(db(), { user: actor, password, now: new Date() }, host())
  return refusal && refuse(passwordWords(refusal), { password: [passwordWords(refusal)] })
}

/** From here on the number of tries left is worth a word. */
const FEW_TRIES = 3

function passwordWords(refusal: Refusal): string {
  const t = translator('auth')
  if (refusal.reason === 'limited') {
    return `${t('refused.limited')} ${t('refused.limitedUntil', { minutes: Math.ceil(refusal.retryAfterSeconds / 60) })}`
  }
  if (refusal.reason === 'no-access') return `${t('refused.noAccess')} ${t('refused.noAccessHelp')}`
  if (refusal.reason === 'shop-away') return t('refused.confirmAway')
  const wrong = translator('restore')('confirm.passwordWrong')
  const left = refusal.reason === 'mismatch' ? refusal.triesLeft : undefined
  return left !== undefined && left <= FEW_TRIES ? `${wrong} ${t('refused.triesLeft', { count: left })}` : wrong
}
