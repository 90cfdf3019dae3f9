import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { parseLsn } from '@/lib/restore/wal/rules'
import { enqueueJob } from '@/lib/jobs/mutations'
import { findCurrentRehearsal, findRehearsal } from '@/lib/restore/rehearsal/data'
import { createRehearsal, endRehearsal, failRehearsal, moveRehearsal, readyRehearsal } from '@/lib/restore/rehearsal/mutations'
import type { Rehearsal, RestorePlan } from '@/lib/restore/schema'
import { type Handler, type JobContext, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'
import { requireSpace } from '../rehearsal/disk'
import { isInRecovery, openCopy, replayCopy, restoreCopy } from '../rehearsal/copy'
import { refuseTablespaces } from '../rehearsal/tablespaces'
import { clusterPath, sizeOf } from '../volume/clusters'
import { planPhase } from './plan'

const HOUR = 3_600_000

type Context = JobContext<'rehearse'>

/** Restores a copy beside the running shop and replays it to the target, or moves the one that is there to another target. */
export const rehearse: Handler<'rehearse'> = async (context) => {
  const { job, env, db, signal } = context
  const moved = job.request.rehearsal ? await requireRehearsal(context, job.request.rehearsal) : null
  if (!moved) await refuseSecond(context)
  const plan = await planPhase(context, job.request.wish)
  await refuseTablespaces(context)
  const id = moved?.id ?? newId()
  const row = { id, plan, actorName: job.actorName, jobId: job.id, expiresAt: new Date(Date.now() + env.rehearsalHours * HOUR) }
  await untilControlAnswers(() => (moved ? moveRehearsal(db, id, row) : createRehearsal(db, env.stanza, row)))
  try {
    const { reached, took } = await makeReady(context, id, plan, moved)
    const size = await sizeOf(await clusterPath(context.engine, id))
    await untilControlAnswers(() => readyRehearsal(db, id, { reached, size }, new Date()))
    await untilControlAnswers(() => enqueueCompare(context, id))
    return { kind: 'rehearse', rehearsal: id, plan, reached, size, took }
  } catch (error) {
    await context.side.stop(id)
    if (moved) await untilControlAnswers(() => failRehearsal(db, id))
    else await abandon(context, id)
    signal.throwIfAborted()
    throw error
  }
}

async function requireRehearsal({ db, env, signal }: Context, id: string): Promise<Rehearsal> {
  const found = await untilControlAnswers(() => findRehearsal(db, env.stanza, id), signal)
  if (!found) throw new JobFailed({ code: 'rehearsal-missing' })
  return found
}

/** A second copy would take the room of the first; whoever asks knows which of the two is still wanted. */
async function refuseSecond({ db, env, signal }: Context): Promise<void> {
  const current = await untilControlAnswers(() => findCurrentRehearsal(db, env.stanza), signal)
  if (current) throw new JobFailed({ code: 'rehearsal-exists', params: { name: current.actorName } })
}

async function makeReady(context: Context, id: string, plan: RestorePlan, moved: Rehearsal | null) {
  const { progress } = context
  const copy = await openCopy(context, id, plan)
  const later = moved?.status === 'ready' && isInRecovery(copy.directory) && isLater(moved, plan)
  const began = Date.now()
  if (later) context.remark('the target is later on the same timeline: replaying on, without a restore')
  else {
    progress.enter('disk')
    await requireSpace(context, plan, moved?.size ?? 0)
    await mkdir(copy.directory, { recursive: true, mode: 0o700 })
    await context.side.stop(id)
    progress.enter('restore')
    await restoreCopy(context, copy, { delta: moved !== null })
  }
  const restored = Date.now()
  progress.enter('replay')
  await context.side.stop(id)
  const reached = await replayCopy(context, copy)
  progress.enter('ready', reached.lsn)
  return { reached, took: { restore: restored - began, replay: Date.now() - restored } }
}

/** Replay only goes forward: what was replayed already stays replayed. */
function isLater({ plan: before, reached }: Rehearsal, plan: RestorePlan): boolean {
  if (plan.timeline !== before.timeline || !reached) return false
  if (plan.target.type === 'lsn') return parseLsn(plan.target.lsn) > parseLsn(reached.lsn)
  return plan.time !== null && before.time !== null && plan.time >= before.time
}

async function abandon(context: Context, id: string): Promise<void> {
  await rm(await clusterPath(context.engine, id), { recursive: true, force: true })
  await untilControlAnswers(() => endRehearsal(context.db, id, 'failed', new Date()))
}

async function enqueueCompare({ db, env, job }: Context, rehearsal: string): Promise<void> {
  await db.$transaction((tx) =>
    enqueueJob(tx, {
      stanza: env.stanza, request: { kind: 'compare', rehearsal }, actor: { kind: 'system', name: 'rehearsal' }, trigger: 'system',
      dedupeKey: `compare:${job.id}`,
    }))
}

function newId(): string {
  const moment = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  return `${moment}-${randomBytes(2).toString('hex')}`
}
