/** The WAL clock: marks in the shop's WAL, and how far that WAL has arrived in the repositories. */
import { thinMarks, writeMarks } from '@/lib/restore/clock/mutations'
import type { Mark } from '@/lib/restore/clock/schema'
import { watchArchive } from './clock/archive-watch'
import { type Beat, beat, closeSegment } from './clock/heartbeat'
import type { WorkerContext } from './context'
import { every } from './every'
import { openConnection } from './postgres/connection'

const BEAT_MS = 5_000
const THIN_MS = 3_600_000
/** A day of marks waits for a control database that is away */
const KEPT_MARKS = 17_280

export type Clock = {
  /** Lists the whole archive: something may have been removed from it */
  lookAgain(): void
  stop(): Promise<void>
}

export function startClock(context: WorkerContext, onNewTimeline: () => void): Clock {
  const { db, env } = context
  const shop = openConnection(env.shopUrl, 'salespider-backup clock')
  const waiting: Mark[] = []
  let last: Beat | null = null
  let segmentSince = 0

  async function strike(): Promise<void> {
    const now = await beat(shop)
    if (now) await judge(now)
    if (waiting.length > KEPT_MARKS) waiting.shift()
    const batch = [...waiting]
    await writeMarks(db, env.stanza, batch)
    waiting.splice(0, batch.length)
  }

  async function judge(now: Beat): Promise<void> {
    waiting.push(now.mark)
    if (last && last.mark.timeline !== now.mark.timeline) onNewTimeline()
    if (last?.segment !== now.segment) segmentSince = now.mark.at.getTime()
    last = now
    // Started in recovery, PostgreSQL's checkpointer heeds archive_timeout only after its first checkpoint, minutes later.
    const isOverdue = now.mark.at.getTime() - segmentSince >= now.archiveTimeout * 1_000
    if (now.archiveTimeout > 0 && isOverdue) await closeSegment(shop)
  }

  const archive = watchArchive(context, shop)
  const loops = [
    archive,
    every(strike, () => BEAT_MS, 'a mark of the WAL clock is kept until it can be written'),
    every(() => thinMarks(db, env.stanza, new Date()), () => THIN_MS, 'old marks of the WAL clock could not be thinned out'),
  ]
  return {
    lookAgain: archive.now,
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()))
      await shop.close()
    },
  }
}
