/**
 * Puts a cluster in the shop's place. The supervisor moves the link; here is what comes before, so that nothing has to be waited
 * for while the shop is closed, and what comes after.
 */
import type { JobFailure, JobResult } from '@/lib/jobs/schema'
import type { Counted } from '@/lib/restore/exchange/changes/schema'
import { endKeptCluster, keepCluster } from '@/lib/restore/kept/mutations'
import { endRehearsal } from '@/lib/restore/rehearsal/mutations'
import type { KeptCluster } from '@/lib/restore/schema'
import { markNow } from '../clock/heartbeat'
import { type JobContext, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'
import { clusterPath, countUnarchived, liveCluster, sizeOf, volumeOf } from '../volume/clusters'
import { controlDataOf } from '../volume/control-data'
import { type Marker, clearMaintenance, markMaintenance, readMaintenance } from '../volume/maintenance'
import { type SwitchResult, awaitSwitchResult, hasSwitchRequest, isSupervised, readSwitchResult, writeSwitchRequest } from '../volume/switch'
import type { Account } from './account'
import { checkpoint, drainArchive } from './archive'
import { enqueueIncrementals } from './incrementals'
import { startProbe } from './probe'
import { startTally } from './tally'

const DAY = 86_400_000
/** The supervisor stops, moves and starts within seconds; a stop that hangs is refused after a minute. */
const PATIENCE_MS = 300_000
const ANSWER_MS = 60_000

type Kind = 'switch' | 'undo'
type Context = JobContext<Kind>
type Switched = Extract<JobResult, { kind: Kind }>

/** Refuses what can be refused while nothing has been touched. */
export async function requireSupervisor({ engine }: JobContext): Promise<void> {
  const volume = await volumeOf(engine)
  if (!(await isSupervised(volume))) throw new JobFailed({ code: 'supervisor-absent', params: { path: volume } })
}

type Wanted = { /** Promoted and cleanly shut down */ to: string; carried: string[]; account: Account | null }

/** Exchanges the shop for another cluster. */
export async function exchange(context: Context, { to, carried, account }: Wanted): Promise<Switched> {
  const { job, engine, env, progress, signal } = context
  const [volume, from] = [await volumeOf(engine), await liveCluster(engine)]
  const target = await controlDataOf(env, await clusterPath(engine, to))
  progress.enter('drain')
  context.remark(`archived up to ${await drainArchive(context, signal)}`)
  context.seal()
  const tally = await startTally(env.shopUrl, account)
  progress.enter('switch')
  const marker = { job: job.id.toString(), kind: job.request.kind, from, to, carried, since: new Date().toISOString() }
  await markMaintenance(volume, marker)
  const probe = startProbe(env.shopUrl)
  try {
    await checkpoint(context)
    // From here on the supervisor finishes it, whatever becomes of this worker; there is nothing to cancel any more.
    await writeSwitchRequest(volume, { job: marker.job, from, to, systemid: target.systemId, checkpoint: target.checkpoint })
  } catch (error) {
    await Promise.all([probe.finish(0), tally.finish()])
    await clearMaintenance(volume)
    throw error
  }
  const result = await awaitSwitchResult(volume, { job: marker.job, patienceMs: PATIENCE_MS })
  const [downtimeMs, counted] = await Promise.all([probe.finish(ANSWER_MS), tally.finish()])
  return settle(context, marker, result, { downtimeMs, counted })
}

/** For a job whose worker died: the supervisor has finished, or has never been asked. */
export async function resumeExchange(context: Context): Promise<Switched> {
  const { job, engine } = context
  const volume = await volumeOf(engine)
  const marker = await readMaintenance(volume)
  const id = job.id.toString()
  // In this order: the answer is written before the request is taken away.
  const isAsked = await hasSwitchRequest(volume, id)
  const known = isAsked ? await awaitSwitchResult(volume, { job: id, patienceMs: PATIENCE_MS }) : await readSwitchResult(volume, id)
  if (!known || marker?.job !== id) {
    await clearMaintenance(volume)
    throw new JobFailed({ code: 'switch-interrupted' })
  }
  context.progress.enter('switch')
  context.remark(`taken over from a worker that is gone; the supervisor says: ${known.outcome}`)
  return settle(context, marker, known, { downtimeMs: null, counted: null })
}

/** From outside, while the shop was exchanged */
export type Watched = { downtimeMs: number | null; counted: Counted | null }

async function settle(
  context: Context, marker: Marker, result: SwitchResult | null, { downtimeMs, counted }: Watched,
): Promise<Switched> {
  const { engine, progress } = context
  const volume = await volumeOf(engine)
  if (result?.outcome !== 'done') {
    const isOpen = result !== null && result.now === marker.from
    if (isOpen) await clearMaintenance(volume)
    throw new JobFailed(isOpen ? failureOf(result) : { code: 'switch-stuck', detail: result?.why, params: { path: volume } })
  }
  context.remark(`the shop runs on ${marker.to}${downtimeMs === null ? '' : `; nobody was served for ${downtimeMs} ms`}`)
  progress.enter('archive')
  await archiveNewTimeline(context)
  await clearMaintenance(volume)
  const kept = await record(context, marker)
  const { timeline } = await controlDataOf(context.env, await clusterPath(engine, marker.to))
  return {
    kind: context.job.request.kind, cluster: marker.to, kept: { id: kept.id, keepUntil: kept.keepUntil, size: kept.size },
    downtimeMs, timeline, carried: marker.carried, ...(counted && { counted }),
  }
}

/** The shop of before runs. */
function failureOf(result: SwitchResult): JobFailure {
  if (result.outcome === 'rolled-back') return { code: 'switch-rolled-back', detail: result.why }
  if (result.outcome === 'not-done') return { code: 'switch-interrupted', detail: result.why }
  return { code: 'switch-refused', detail: result.why, params: { why: result.why } }
}

/**
 * The shop is open again: that the archive is slow is a warning, not a failure. Until the clock has a mark on the new timeline,
 * what is sold on it would be taken for the end of the one that was left.
 */
export async function archiveNewTimeline(context: JobContext): Promise<void> {
  await markNow(context)
  try {
    context.remark(`the new timeline is archived up to ${await drainArchive(context)}`)
  } catch (error) {
    context.remark(`the new timeline is not archived yet: ${error instanceof JobFailed ? error.failure.code : String(error)}`, 'warn')
  }
}

/** The tables say what the volume shows, and a backup of the new timeline follows. */
async function record(context: Context, { from, to }: Marker): Promise<KeptCluster> {
  const { job, db, env, engine } = context
  const { kind } = job.request
  const directory = await clusterPath(engine, from)
  const { timeline } = await controlDataOf(env, directory)
  const now = new Date()
  const kept: KeptCluster = {
    id: from, leftBy: kind, leftAt: now, jobId: job.id.toString(), timeline, size: await sizeOf(directory),
    keepUntil: new Date(now.getTime() + env.keepDays * DAY), unarchived: await countUnarchived(directory),
  }
  await untilControlAnswers(async () => {
    await keepCluster(db, env.stanza, kept)
    if (kind === 'switch') await endRehearsal(db, to, 'switched', now)
    else await endKeptCluster(db, to, now)
    await enqueueIncrementals(context, { name: kind, reason: `after ${kind} ${job.id}` })
  })
  return kept
}
