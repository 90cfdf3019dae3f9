/** Follows what arrives in the repositories: one directory when a segment is archived, everything now and then. */
import { logger } from '@/lib/logger'
import { type Segment, parseSegment, segmentsPerDirectory } from '@/lib/restore/wal/rules'
import type { WorkerContext } from '../context'
import { type Repeated, every } from '../every'
import type { Connection } from '../postgres/connection'
import { lastArchived } from './heartbeat'
import { rebuildClock } from './rebuild'
import { type Archive, lookAtArchives, lookAtDirectory } from './stored-wal'

const WATCH_MS = 2_000
const WATCH_AT_MOST_MS = 10_000
/** Listing must not cost more than this part of the time */
const SHARE = 0.01
const LOOK_MS = 600_000
const LOOK_AGAIN_MS = 15_000
/** How often a segment is looked for that PostgreSQL calls archived */
const PATIENCE = 5

/** `now` lists everything: something may have been removed. */
export function watchArchive(context: WorkerContext, shop: Connection): Repeated {
  const tried = new Set<string>()
  let archives: Archive[] = []
  let isComplete = false
  /** The name that was archived last, as far as it was looked for */
  let seen: string | null = null
  let missed = 0

  async function look(): Promise<void> {
    isComplete = false
    const name = await lastArchived(shop)
    const found = await lookAtArchives(context, new Date())
    archives = found?.archives ?? []
    // What arrived meanwhile may have been listed or not.
    seen = name
    for (const { repo, failure } of found?.failures ?? []) logger.debug({ repo, failure }, 'the archive could not be listed')
    const made = await rebuildClock(context, tried)
    if (made > 0) logger.info({ marks: made }, 'the WAL clock was rebuilt from the archive')
    isComplete = archives.length > 0 && found?.failures.length === 0
  }

  async function watch(): Promise<void> {
    const name = await lastArchived(shop)
    const segmentSize = archives[0]?.segmentSize
    if (!name || name === seen || !segmentSize) return
    const segments = onTheWay(seen, name, segmentSize)
    const arrived = segments ? await Promise.all(archives.map((archive) => isStored(context, archive, segments))) : []
    if (arrived.includes(false) && (missed += 1) < PATIENCE) return
    if (arrived.includes(false)) logger.warn({ name }, 'called archived by PostgreSQL, but not in every repository')
    seen = name
    missed = 0
    if (!segments || arrived.includes(null)) looking.now()
  }

  const looking = every(look, () => (isComplete ? LOOK_MS : LOOK_AGAIN_MS), 'the archive could not be looked at')
  const pauseAfter = (took: number) => Math.min(Math.max(WATCH_MS, took / SHARE), WATCH_AT_MOST_MS)
  const watching = every(watch, pauseAfter, 'what arrived in the archive could not be written')
  return {
    now: looking.now,
    stop: async () => void (await Promise.all([looking.stop(), watching.stop()])),
  }
}

/** Null where the repository cannot be listed. */
async function isStored(context: WorkerContext, archive: Archive, segments: Segment[]): Promise<boolean | null> {
  try {
    for (const segment of segments) if (!(await lookAtDirectory(context, archive, segment, new Date()))) return false
    return true
  } catch (error) {
    logger.debug({ repo: archive.repoKey, error: String(error) }, 'the archive could not be listed')
    return null
  }
}

/** What has to be there, one segment for each directory between the two; null where only a look at everything tells. */
function onTheWay(seen: string | null, name: string, segmentSize: number): Segment[] | null {
  const [from, to] = [seen, name].map((text) => parseSegment(text?.slice(0, 24) ?? null, segmentSize))
  if (!from || !to || from.timeline !== to.timeline) return null
  const perDirectory = segmentsPerDirectory(segmentSize)
  const apart = to.number / perDirectory - from.number / perDirectory
  if (apart === 0n) return [to]
  return apart === 1n ? [{ ...to, number: (to.number / perDirectory) * perDirectory - 1n }, to] : null
}
