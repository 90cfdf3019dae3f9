import { existsSync } from 'node:fs'
import path from 'node:path'
import { findKeptCluster } from '@/lib/restore/kept/data'
import { findRehearsal } from '@/lib/restore/rehearsal/data'
import type { Rehearsal } from '@/lib/restore/schema'
import { type Handler, type JobContext, JobFailed } from '../context'
import { accountOfSwitch, accountOfUndo } from '../exchange/account'
import { carryConfiguration, carryPasswords } from '../exchange/carry-over'
import { exchange, requireSupervisor, resumeExchange } from '../exchange/exchange'
import { copyHistories, prepareOnward, promote, untilPrimary } from '../exchange/promote'
import { untilControlAnswers } from '../patience'
import { PROGRAM } from '../pgbackrest/engine'
import { restoreCommand } from '../pgbackrest/restore'
import { dropRecovery } from '../postgres/auto-conf'
import { programsFor } from '../postgres/programs'
import { onwardSettings } from '../postgres/recovery-settings'
import { type SideCluster, startSideCluster } from '../postgres/side-cluster'
import { isPromoted, openCopy, requireServer } from '../rehearsal/copy'
import { refuseTablespaces } from '../rehearsal/tablespaces'
import { clusterPath, liveData } from '../volume/clusters'
import { controlDataOf } from '../volume/control-data'
import { waitForRepositoryLane } from './wait'

/** Puts a rehearsal in the shop's place. */
export const switchTo: Handler<'switch'> = async (context) => {
  if (context.job.isAdopted) return resumeExchange(context)
  const { rehearsal: id, carryOver } = context.job.request
  const rehearsal = await requireReady(context, id)
  await requireSupervisor(context)
  await refuseTablespaces(context)
  const directory = await clusterPath(context.engine, id)
  await refuseOther(context, directory)
  await waitForRepositoryLane(context)
  context.progress.enter('promote')
  const live = await liveData(context.engine)
  const passwords = await promoteRehearsal(context, rehearsal, carryOver.passwords)
  const files = carryOver.configuration ? await carryConfiguration(live, directory) : []
  if (!carryOver.configuration) await dropRecovery(directory)
  return exchange(context, {
    to: id, carried: [...files, ...passwords.map((name) => `password of ${name}`)], account: await accountOfSwitch(context, rehearsal),
  })
}

/** Goes back to a cluster that was left: onto a new timeline, because on the old one `expire` would remove the shop's own WAL. */
export const undo: Handler<'undo'> = async (context) => {
  if (context.job.isAdopted) return resumeExchange(context)
  const { cluster: id } = context.job.request
  const { db, env, signal } = context
  const kept = await untilControlAnswers(() => findKeptCluster(db, env.stanza, id), signal)
  const directory = await clusterPath(context.engine, id)
  if (!kept || !existsSync(path.join(directory, 'PG_VERSION'))) throw new JobFailed({ code: 'cluster-missing' })
  await requireSupervisor(context)
  await refuseOther(context, directory)
  await waitForRepositoryLane(context)
  context.progress.enter('promote')
  await copyHistories(await liveData(context.engine), directory)
  const side = await startOnward(context, id, directory)
  try {
    await untilPrimary(side, signal)
    await carryPasswords(context, side, false)
  } finally {
    await context.side.stop(id)
  }
  await dropRecovery(directory)
  return exchange(context, { to: id, carried: [], account: await accountOfUndo(context, id) })
}

async function requireReady({ db, env, signal, engine }: JobContext, id: string): Promise<Rehearsal> {
  const found = await untilControlAnswers(() => findRehearsal(db, env.stanza, id), signal)
  if (!found || found.status !== 'ready' || !existsSync(path.join(await clusterPath(engine, id), 'PG_VERSION'))) {
    throw new JobFailed({ code: 'rehearsal-missing' })
  }
  return found
}

/** A copy of another shop must never take this one's place, whatever brought it here. */
async function refuseOther({ engine, env }: JobContext, directory: string): Promise<void> {
  const [own, other] = await Promise.all([controlDataOf(env, await liveData(engine)), controlDataOf(env, directory)])
  if (own.systemId === other.systemId) return
  throw new JobFailed({ code: 'cluster-of-another-shop', params: { systemId: other.systemId, stanzaSystemId: own.systemId } })
}

/** Paused at its target it becomes a primary beside the shop. One that an earlier, interrupted switch has promoted is one already. */
async function promoteRehearsal(context: JobContext<'switch'>, { id, plan }: Rehearsal, carry: boolean): Promise<string[]> {
  const copy = await openCopy(context, id, plan)
  await copyHistories(copy.data, copy.directory)
  const isPrimary = await isPromoted(context, copy.directory)
  const side = isPrimary ? await startOnward(context, id, copy.directory) : await requireServer(context, copy)
  try {
    if (isPrimary) await untilPrimary(side, context.signal)
    else await promote(context, side)
    return await carryPasswords(context, side, carry)
  } finally {
    await context.side.stop(id)
  }
}

async function startOnward(context: JobContext, id: string, directory: string): Promise<SideCluster> {
  const { env } = context
  const signalFile = path.join(directory, 'recovery.signal')
  if (context.job.request.kind === 'undo' && !existsSync(signalFile)) await prepareOnward(directory)
  const side = await startSideCluster({
    directory, bin: await programsFor(directory, env.pgBin), ...context.shopAccess,
    settings: {
      ...onwardSettings,
      restore_command: restoreCommand({ program: PROGRAM, config: env.config, stanza: env.stanza, directory }),
    },
    onLine: (message) => context.server(message),
  })
  context.side.set(id, side)
  return side
}
