import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Reached, RestorePlan } from '@/lib/restore/schema'
import { type Handler, type JobContext, JobFailed } from '../context'
import { carryConfiguration } from '../exchange/carry-over'
import { requireSupervisor } from '../exchange/exchange'
import { enqueueIncrementals } from '../exchange/incrementals'
import { startProbe } from '../exchange/probe'
import { untilControlAnswers } from '../patience'
import { restore } from '../pgbackrest/restore'
import { withShop } from '../postgres/session'
import { requireSpace } from '../rehearsal/disk'
import { refuseTablespaces } from '../rehearsal/tablespaces'
import { clusterPath, liveCluster, liveData, volumeOf } from '../volume/clusters'
import { hold, isHeld, release } from '../volume/hold'
import { clearMaintenance, markMaintenance } from '../volume/maintenance'
import { execute, executeBackup } from './execute'
import { planPhase } from './plan'
import { waitForRepositoryLane } from './wait'

const POLL_MS = 500
const REPLAY_MS = 6 * 3_600_000
const ANSWER_MS = 60_000

type Context = JobContext<'restore-in-place'>

/**
 * Restores over the shop itself, for a disk without room for a second copy: the shop is closed all the while, and there is no
 * undo. A backup is taken before, so that what is lost now can be restored later.
 */
export const restoreInPlace: Handler<'restore-in-place'> = async (context) => {
  const { job, env, engine, progress } = context
  const volume = await volumeOf(engine)
  await requireSupervisor(context)
  const plan = await planPhase(context, job.request.wish)
  await refuseTablespaces(context)
  await waitForRepositoryLane(context)
  await requireSpace(context, { databaseSize: 0, segments: plan.segments }, 0)
  const safetyLabel = await takeSafetyBackup(context, volume, plan)
  context.seal()
  progress.enter('switch')
  const marker = { job: job.id.toString(), kind: job.request.kind, since: new Date().toISOString(), from: await liveCluster(engine), carried: [] }
  await markMaintenance(volume, { ...marker, to: marker.from })
  const probe = startProbe(env.shopUrl)
  const reached = await exchangeInPlace(context, volume, plan).catch(async (error: unknown) => {
    await probe.finish(0)
    throw error
  })
  const downtimeMs = (await probe.finish(ANSWER_MS)) ?? 0
  await clearMaintenance(volume)
  progress.enter('archive')
  await untilControlAnswers(() => enqueueIncrementals(context, { name: 'restore', reason: `after restore ${job.id}` }))
  return { kind: 'restore-in-place', plan, reached, downtimeMs, safetyLabel }
}

async function exchangeInPlace(context: Context, volume: string, plan: RestorePlan): Promise<Reached> {
  await hold(volume, context.job.id.toString()).catch(async (error: unknown) => {
    await clearMaintenance(volume)
    throw error
  })
  await overwrite(context, volume, plan)
  await release(volume)
  context.progress.enter('replay')
  return untilOpen(context, plan)
}

/** What an earlier, interrupted restore left closed cannot be backed up: its safety backup was taken then. */
async function takeSafetyBackup(context: Context, volume: string, { repo }: RestorePlan): Promise<string> {
  context.progress.enter('safety')
  if (await isHeld(volume)) {
    context.remark('the shop is closed already by an earlier restore: no safety backup', 'warn')
    return 'none'
  }
  const facts = await executeBackup(context, { type: 'incr', repo })
  return facts.label ?? 'none'
}

/** The shop's own configuration is put back afterwards: the restored one may name another port. */
async function overwrite(context: Context, volume: string, plan: RestorePlan): Promise<void> {
  const { env, engine, progress } = context
  const directory = await clusterPath(engine, await liveCluster(engine))
  const aside = await mkdtemp(path.join(tmpdir(), 'salespider-conf-'))
  try {
    await cp(directory, aside, { recursive: true, filter: (source) => source === directory || /(?:\.conf|\/conf\.d(?:\/.*)?)$/.test(source) })
    progress.enter('restore')
    const command = restore({
      config: env.config, stanza: env.stanza, directory: await liveData(engine), lockPath: path.join(volume, 'lock'), delta: true, action: 'promote',
      repo: plan.repo, label: plan.label, target: plan.target, time: plan.time, timeline: plan.timeline,
    })
    await execute(context, command, { repo: plan.repo })
    const carried = await carryConfiguration(aside, directory, { keepRecovery: true })
    if (carried.length > 0) context.remark(`put back: ${carried.join(', ')}`)
  } catch (error) {
    // Without pg_control it cannot be started, and must not look as if it could: it stays closed until it is restored whole.
    if (!existsSync(path.join(directory, 'global/pg_control'))) throw incomplete(error)
    await release(volume)
    await clearMaintenance(volume)
    throw error
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

function incomplete(error: unknown): JobFailed {
  const detail = error instanceof JobFailed ? `${error.failure.code}: ${error.failure.detail ?? ''}` : String(error)
  return new JobFailed({ code: 'in-place-incomplete', detail: detail.slice(0, 4_000) })
}

/** `pgbackrest restore` having ended well is halfway: it has succeeded when the shop has promoted and answers. */
async function untilOpen({ env }: Context, plan: RestorePlan): Promise<Reached> {
  for (const deadline = Date.now() + REPLAY_MS; ; await sleep(POLL_MS)) {
    const row = await withShop(env.shopUrl, async (client) => (await client.query<{ open: boolean; lsn: string; at: Date | null }>(
      `SELECT NOT pg_is_in_recovery() AS open, pg_last_wal_replay_lsn()::text AS lsn, pg_last_xact_replay_timestamp() AS at`)).rows[0]).catch(() => null)
    if (row?.open) return { at: row.at?.toISOString() ?? null, lsn: row.lsn ?? '0/0', timeline: plan.timeline }
    if (Date.now() > deadline) throw new JobFailed({ code: 'outcome-unknown' })
  }
}
