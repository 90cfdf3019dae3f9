/** One copy of the shop beside it: how it is restored and replayed. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Reached, RestorePlan } from '@/lib/restore/schema'
import { type JobContext, JobFailed } from '../context'
import { prepareOnward } from '../exchange/promote'
import { execute } from '../handlers/execute'
import { countFile, endCopy, startCopy } from '../pgbackrest/copy-progress'
import { PROGRAM } from '../pgbackrest/engine'
import { readRestoreLine, restore, restoreCommand } from '../pgbackrest/restore'
import { dropRecovery } from '../postgres/auto-conf'
import { programsFor } from '../postgres/programs'
import type { SideCluster } from '../postgres/side-cluster'
import { clusterPath, liveData, volumeOf } from '../volume/clusters'
import { controlDataOf } from '../volume/control-data'
import { replay } from './replay'
import { largerOf, readStandbySettings } from './standby-settings'

export type Copy = { id: string; directory: string; data: string; plan: RestorePlan }

export async function openCopy({ engine }: JobContext, id: string, plan: RestorePlan): Promise<Copy> {
  return { id, plan, directory: await clusterPath(engine, id), data: await liveData(engine) }
}

/** Fetches the set; bytes and percent become progress. Throws JobFailed. */
export async function restoreCopy(context: JobContext, { directory, plan }: Copy, { delta }: { delta: boolean }): Promise<void> {
  const { env, progress, engine } = context
  const command = restore({
    config: env.config, stanza: env.stanza, directory, lockPath: path.join(await volumeOf(engine), 'lock'), delta,
    repo: plan.repo, label: plan.label, target: plan.target, time: plan.time, timeline: plan.timeline,
  })
  let copy = startCopy(new Date())
  await execute(context, command, {
    repo: plan.repo,
    dataPath: directory,
    onLine: ({ message, at }) => {
      const file = readRestoreLine(message)
      if (!file) return
      const counted = countFile({ progress: progress.get(), copy }, file, at ?? new Date())
      copy = counted.copy
      progress.set(counted.progress)
    },
  })
  progress.set(endCopy({ progress: progress.get(), copy }))
}

export function isInRecovery(directory: string): boolean {
  return existsSync(path.join(directory, 'recovery.signal'))
}

/**
 * Whether an interrupted exchange has made a primary of it. PostgreSQL takes recovery.signal away a moment before it is one: killed in
 * between and started again without the file, it would replay all WAL it finds, beyond the target. Then the file is put back.
 */
export async function isPromoted({ env }: JobContext, directory: string): Promise<boolean> {
  if (isInRecovery(directory)) return false
  if ((await controlDataOf(env, directory)).state !== 'in archive recovery') return true
  await prepareOnward(directory)
  return false
}

/** Starts the copy's server and replays to the plan's target. It is left running. */
export async function replayCopy(context: JobContext, { id, directory, data, plan }: Copy): Promise<Reached> {
  const { env } = context
  if (!isInRecovery(directory)) throw new JobFailed({ code: 'rehearsal-broken', detail: 'an interrupted switch has promoted it already' })
  const bin = await programsFor(directory, env.pgBin)
  const [copied, live] = await Promise.all([controlDataOf(env, directory), controlDataOf(env, data)])
  const standby = largerOf(copied.settings, live.settings, await readStandbySettings(env.shopUrl))
  await dropRecovery(directory)
  const fetch = restoreCommand({ program: PROGRAM, config: env.config, stanza: env.stanza, directory })
  const { reached } = await replay(context, { id, directory, bin, plan, restoreCommand: fetch, standby })
  context.remark(`paused at ${reached.lsn} on timeline ${reached.timeline}${reached.at ? `, last commit ${reached.at}` : ''}`)
  return reached
}

/** After a restart of the worker the copy is there, its server is not. */
export async function requireServer(context: JobContext, copy: Copy): Promise<SideCluster> {
  if (!context.side.get(copy.id)) await replayCopy(context, copy)
  const side = context.side.get(copy.id)
  if (!side) throw new JobFailed({ code: 'rehearsal-broken' })
  return side
}
