/** Starts the copy and replays WAL to the target, where it pauses: the shop as it was, to be looked at. */
import { enterPhase } from '@/lib/jobs/rules'
import type { Reached, RestorePlan } from '@/lib/restore/schema'
import { type JobContext, JobFailed } from '../context'
import { type Settings, targetSettings } from '../postgres/recovery-settings'
import { type SideCluster, startSideCluster } from '../postgres/side-cluster'

/** How often the settings are raised: once would do, unless the shop was raised several times since the set */
const ATTEMPTS = 6
/** PostgreSQL's, and pgBackRest's as it fetches WAL: the reason stands on the line below its own */
const TELLING = /FATAL|PANIC|ERROR|DETAIL|HINT|\[\w+Error\]/
/** Of a write that was cut short pgBackRest tells whatever reason the system gave last */
const FULL = /No space left on device|Disk quota exceeded|\[FileWriteError\] unable to write '/
const LOOK_MS = 300

export type Copy = { id: string; directory: string; bin: string; plan: RestorePlan; restoreCommand: string; standby: Settings }

type Watched = {
  isStopping: boolean
  raise: Settings
  /** The last segment that was fetched, and the last one that was not there */
  found: string | null
  missing: string | null
  fatal: string | null
}

/** Throws JobFailed when the target is not reached; the server is then down. */
export async function replay(context: JobContext, copy: Copy): Promise<{ side: SideCluster; reached: Reached }> {
  let standby = copy.standby
  for (let attempt = 1; ; attempt += 1) {
    const watched: Watched = { isStopping: false, raise: {}, found: null, missing: null, fatal: null }
    const side = await start(context, { ...copy, standby }, watched)
    context.side.set(copy.id, side)
    const isPaused = await reachesTarget(context, side, watched).catch(async (error: unknown) => {
      await context.side.stop(copy.id)
      throw error
    })
    if (isPaused && watched.isStopping) return { side, reached: await readReached(side, watched, copy.plan) }
    await context.side.stop(copy.id)
    if (Object.keys(watched.raise).length === 0 || attempt === ATTEMPTS) throw new JobFailed(explain(side, watched, copy.plan))
    standby = { ...standby, ...watched.raise }
    context.remark(`PostgreSQL needs ${Object.entries(watched.raise).map(([name, value]) => `${name} = ${value}`).join(', ')}: starting again`)
  }
}

function start(context: JobContext, { directory, bin, plan, restoreCommand, standby }: Copy, watched: Watched): Promise<SideCluster> {
  return startSideCluster({
    directory, bin, ...context.shopAccess,
    settings: { ...targetSettings(plan), restore_command: restoreCommand, ...standby },
    onLine: (message) => context.server(message),
    onNews: (news) => {
      if (news.kind === 'stopping') watched.isStopping = true
      if (news.kind === 'insufficient') watched.raise[news.setting] = String(news.needed)
      if (news.kind === 'fatal') watched.fatal ??= news.message
      if (news.kind === 'segment') watched[news.found ? 'found' : 'missing'] = news.segment
    },
  })
}

/** True once it is paused at the target; false when it ended, or needs other settings. */
async function reachesTarget({ progress, signal }: JobContext, side: SideCluster, watched: Watched): Promise<boolean> {
  let lookedAt = 0
  return side.until(async () => {
    if (Object.keys(watched.raise).length > 0) return true
    if (Date.now() - lookedAt > LOOK_MS) {
      lookedAt = Date.now()
      const [row] = await side.query<{ at: Date | null }>('SELECT pg_last_xact_replay_timestamp() AS at')
      if (row?.at) progress.set({ ...enterPhase(progress.get(), 'replay', new Date()), replayedAt: row.at.toISOString() })
    }
    return watched.isStopping && isPaused(side)
  }, signal)
}

async function isPaused(side: SideCluster): Promise<boolean> {
  const [row] = await side.query<{ state: string }>('SELECT pg_get_wal_replay_pause_state() AS state')
  return row?.state === 'paused'
}

async function readReached(side: SideCluster, { found }: Watched, plan: RestorePlan): Promise<Reached> {
  const [row] = await side.query<{ at: Date | null; lsn: string }>(
    'SELECT pg_last_xact_replay_timestamp() AS at, pg_last_wal_replay_lsn()::text AS lsn')
  if (!row) throw new Error('a server that answers nothing')
  return { at: row.at?.toISOString() ?? null, lsn: row.lsn, timeline: found ? Number.parseInt(found.slice(0, 8), 16) : plan.timeline }
}

function explain(side: SideCluster, { fatal, missing }: Watched, plan: RestorePlan): JobFailed['failure'] {
  const detail = side.lines().filter((line) => TELLING.test(line)).slice(-6).join('\n').slice(0, 4_000)
  const words = fatal ?? ''
  if (side.lines().some((line) => FULL.test(line))) return { code: 'disk-full', detail, params: { path: side.directory } }
  const isInWindow = plan.target.type === 'time' || plan.target.type === 'latest' || plan.target.type === 'set'
  if (/could not (?:locate|find) .*checkpoint record/.test(words) || (/recovery ended before/.test(words) && isInWindow)) {
    return { code: 'wal-missing', detail, params: { wal: missing ?? 'none' } }
  }
  if (/recovery ended before/.test(words)) return { code: 'target-not-reached', detail }
  return { code: 'rehearsal-cannot-start', detail: detail || side.lines().slice(-6).join('\n').slice(0, 4_000) }
}
