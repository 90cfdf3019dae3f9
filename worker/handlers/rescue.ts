import { findActorEmail, getJob, isUndone } from '@/lib/jobs/data'
import { findRehearsal } from '@/lib/restore/rehearsal/data'
import type { Rehearsal } from '@/lib/restore/schema'
import { type Handler, type JobContext, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'
import { openCopy, requireServer } from '../rehearsal/copy'
import type { Asker } from '../rescue/audit-log'
import { planRescue as plan, rescueRows } from '../rescue/rescue'
import { resume } from '../rescue/transaction'
import { undoRescue as takeBack } from '../rescue/undo'

/** What a rescue of these rows would do. */
export const planRescue: Handler<'plan-rescue'> = async (context) => {
  const { found, then } = await openRehearsal(context)
  context.progress.enter('rescue')
  const outcome = await plan({ context, then, choice: context.job.request.rows })
  return { kind: 'plan-rescue', rehearsal: found.id, outcome }
}

/** Puts rows of the rehearsal back into the running shop. */
export const rescue: Handler<'rescue'> = async (context) => {
  if (context.job.isAdopted) return resume<'rescue'>(context)
  const { found, then } = await openRehearsal(context)
  context.progress.enter('rescue')
  const asker = await askerOf(context, { job: context.job.id.toString(), rescuedFrom: momentOf(found) })
  return rescueRows({ context, then, choice: context.job.request.rows }, asker, async ({ shop, steps, written }) =>
    shop.commit({ kind: 'rescue', rehearsal: found.id, transaction: await shop.xid(), steps, written }))
}

/** Takes back what the rescue of a job put in: once, and only as it left it. */
export const undoRescue: Handler<'undo-rescue'> = async (context) => {
  const { db, env, job, signal, progress } = context
  const { rescue: id } = job.request
  if (job.isAdopted) return resume<'undo-rescue'>(context)
  progress.enter('rescue')
  const done = await untilControlAnswers(() => getJob(db, BigInt(id), new Date()), signal)
  const undone = await untilControlAnswers(() => isUndone(db, env.stanza, id), signal)
  if (done?.stanza !== env.stanza || done.result?.kind !== 'rescue' || undone) throw new JobFailed({ code: 'rescue-missing' })
  const { steps } = done.result
  const asker = await askerOf(context, { job: job.id.toString(), undoes: id })
  return takeBack(context, done.result, asker, async (shop) =>
    shop.commit({ kind: 'undo-rescue', rescue: id, transaction: await shop.xid(), steps }))
}

async function openRehearsal(context: JobContext<'plan-rescue' | 'rescue'>) {
  const { db, env, job, progress, signal } = context
  const found = await untilControlAnswers(() => findRehearsal(db, env.stanza, job.request.rehearsal), signal)
  if (found?.status !== 'ready') throw new JobFailed({ code: 'rehearsal-missing' })
  progress.enter('start')
  const side = await requireServer(context, await openCopy(context, found.id, found.plan))
  return { found, then: side.config }
}

/** The moment that the rehearsal shows, as far as it is one. */
function momentOf({ reached, plan: { time, label } }: Rehearsal): string {
  return time ?? reached?.at ?? label
}

async function askerOf({ db, job, signal }: JobContext, metadata: Record<string, string>): Promise<Asker> {
  const email = await untilControlAnswers(() => findActorEmail(db, job.id), signal)
  return { email, metadata: { by: 'salespider-backups', ...metadata } }
}
