/**
 * Restores over the shop's own cluster, which the supervisor holds meanwhile, and replays and promotes it there: the supervisor
 * starts it only once it is a primary. Whatever dies, the volume tells how far it came, and the shop is one of three: opened as it
 * was, opened as it was restored, or closed.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RestorePlan } from '@/lib/restore/schema'
import { type JobContext, JobFailed } from '../context'
import { withShop } from '../postgres/session'
import { type Copy, isInRecovery, isPromoted, openCopy, replayCopy, requireServer, restoreCopy } from '../rehearsal/copy'
import { countUnarchived, liveCluster, liveData, volumeOf } from '../volume/clusters'
import { hold, isHeld, release } from '../volume/hold'
import { type InPlaceState, type ReachedState, clearInPlace, configurationAside, readInPlace, writeInPlace } from '../volume/in-place'
import { clearMaintenance, markMaintenance } from '../volume/maintenance'
import { isStandIn } from '../volume/stand-in'
import { type Login, carryConfiguration, keepConfiguration, readLogins, setPasswords } from './carry-over'
import { promote } from './promote'

const POLL_MS = 200
/** For a cluster that was cleanly shut down */
const OPEN_MS = 120_000

type Context = JobContext<'restore-in-place'>

/** Whether an earlier restore in place has left the shop closed. */
export async function isLeftClosed(context: Context): Promise<boolean> {
  const volume = await volumeOf(context.engine)
  return (await isHeld(volume)) || ((await readInPlace(volume)) !== null && !(await isOpen(context)))
}

/** Closes the shop, restores over it and opens it. Throws JobFailed: the shop is then open as it was, or closed and said to be. */
export async function exchangeInPlace(context: Context, state: InPlaceState): Promise<ReachedState> {
  const volume = await volumeOf(context.engine)
  const wasOpen = state.stage === 'closing'
  const logins = wasOpen ? await readLogins(context) : []
  if (wasOpen) await clearInPlace(volume)
  await writeInPlace(volume, state)
  const cluster = await liveCluster(context.engine)
  await markMaintenance(volume, { job: state.job, kind: 'restore-in-place', since: new Date().toISOString(), from: cluster, to: cluster, carried: [] })
  await hold(volume, state.job).catch(async (error: unknown) => {
    if (wasOpen) await forgetInPlace(context)
    throw error
  })
  return whileClosed(context, async () => recover(context, await restoreOver(context, state), logins))
}

/** For a job whose worker died: opens what can be opened, and says what became of it. */
export async function resumeInPlace(context: Context): Promise<ReachedState> {
  const volume = await volumeOf(context.engine)
  const [state, isClosed] = [await readInPlace(volume), await isHeld(volume)]
  if (state?.job !== context.job.id.toString()) throw isClosed ? incomplete('an earlier restore has left it so') : new JobFailed({ code: 'switch-interrupted' })
  context.remark(`taken over from a worker that is gone; the shop is ${isClosed ? 'closed' : 'open'}, and the restore was ${state.stage}`)
  if (isClosed) return whileClosed(context, async () => recover(context, await requireRestored(context, state), []))
  if (state.stage === 'reached') return untilOpen(context, state)
  await forgetInPlace(context)
  throw new JobFailed({ code: 'switch-interrupted' })
}

/** Nothing is under way any more. */
export async function forgetInPlace({ engine }: Context): Promise<void> {
  const volume = await volumeOf(engine)
  await clearInPlace(volume)
  await clearMaintenance(volume)
}

/** What stands in the way opens the shop again where nothing was written; else it stays closed, and that is what is told. */
async function whileClosed(context: Context, work: () => Promise<ReachedState>): Promise<ReachedState> {
  const volume = await volumeOf(context.engine)
  try {
    return await work()
  } catch (error) {
    if (!(await isHeld(volume))) throw error
    const state = await readInPlace(volume)
    if (state?.stage !== 'closing' || !isUnwritten(await liveData(context.engine))) throw incomplete(error)
    await release(volume)
    await forgetInPlace(context)
    throw error
  }
}

async function restoreOver(context: Context, state: InPlaceState): Promise<InPlaceState> {
  const copy = await overShop(context, state.plan)
  if (state.stage === 'closing') {
    const waiting = await countUnarchived(copy.directory)
    if (waiting > 0) throw new JobFailed({ code: 'archive-behind-switch', params: { waiting } })
  }
  // A lost shop's configuration is in its set alone.
  if (!isStandIn(copy.directory)) await keepConfiguration(copy.directory, configurationAside(await volumeOf(context.engine)))
  context.progress.enter('restore')
  await restoreCopy(context, copy, { delta: true })
  return advance(context, { ...state, stage: 'restored' })
}

/** Of a worker that died: only what is whole is gone on with. */
async function requireRestored(context: Context, state: InPlaceState): Promise<InPlaceState> {
  if (state.stage === 'restored' || state.stage === 'reached') return state
  const directory = await liveData(context.engine)
  if (state.stage === 'closing' && isUnwritten(directory)) throw new JobFailed({ code: 'switch-interrupted' })
  if (state.stage === 'closed' || !hasControlFile(directory)) throw incomplete('the worker was lost while files were copied')
  return advance(context, { ...state, stage: 'restored' })
}

/** From files that are those of the set to a shop that sells. */
async function recover(context: Context, state: InPlaceState, logins: Login[]): Promise<ReachedState> {
  const volume = await volumeOf(context.engine)
  const copy = await overShop(context, state.plan)
  context.progress.enter('replay')
  const isPrimary = state.stage === 'reached' && (await isPromoted(context, copy.directory))
  const reached = isPrimary ? state : await replayOver(context, copy, state, logins)
  const aside = configurationAside(volume)
  const carried = existsSync(aside) ? await carryConfiguration(aside, copy.directory) : []
  if (carried.length > 0) context.remark(`put back: ${carried.join(', ')}`)
  await release(volume)
  return untilOpen(context, reached)
}

/** As a rehearsal is replayed and promoted: what goes wrong is known while nobody has been let in. */
async function replayOver(context: Context, copy: Copy, state: InPlaceState, logins: Login[]): Promise<ReachedState> {
  try {
    const reached = await advance(context, { ...state, stage: 'reached', reached: await replayCopy(context, copy) })
    const side = await requireServer(context, copy)
    await promote(context, side)
    const changed = await setPasswords(side, logins)
    if (changed.length > 0) context.remark(`passwords put back: ${changed.join(', ')}`)
    return reached
  } finally {
    await context.side.stop(copy.id)
  }
}

async function untilOpen(context: Context, state: ReachedState): Promise<ReachedState> {
  for (const deadline = Date.now() + OPEN_MS; !(await isOpen(context)); await sleep(POLL_MS)) {
    if (Date.now() > deadline) throw new JobFailed({ code: 'outcome-unknown' })
  }
  return state
}

async function isOpen({ env }: Context): Promise<boolean> {
  const open = 'SELECT NOT pg_is_in_recovery() AS open'
  return withShop(env.shopUrl, async (client) => (await client.query<{ open: boolean }>(open)).rows[0]?.open ?? false).catch(() => false)
}

/** The shop's own cluster as what a set is restored to. */
async function overShop(context: Context, plan: RestorePlan): Promise<Copy> {
  return openCopy(context, await liveCluster(context.engine), plan)
}

async function advance<S extends InPlaceState>({ engine }: Context, state: S): Promise<S> {
  await writeInPlace(await volumeOf(engine), state)
  return state
}

const hasControlFile = (directory: string) => existsSync(path.join(directory, 'global/pg_control'))

/** pgBackRest takes the control file away before it writes anything, and puts it back at the end, when recovery is prepared. */
const isUnwritten = (directory: string) => hasControlFile(directory) && !isInRecovery(directory)

function incomplete(cause: unknown): JobFailed {
  if (cause instanceof JobFailed && cause.failure.code === 'in-place-incomplete') return cause
  const detail = cause instanceof JobFailed ? `${cause.failure.code}: ${cause.failure.detail ?? ''}` : String(cause)
  return new JobFailed({ code: 'in-place-incomplete', detail: detail.slice(0, 4_000) })
}
