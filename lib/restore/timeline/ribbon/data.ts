import type { Db } from '@/lib/db'
import { readClock } from '../../clock/data'
import type { Recovery } from '../../window/data'
import { parseLsn } from '../../wal/rules'
import { type Ribbon, ribbonOf } from './rules'

/** The windows as they are drawn. */
export async function readRibbon(db: Db, stanza: string, { windows, timelines }: Recovery, now: Date): Promise<Ribbon> {
  const clock = readClock(db, stanza)
  const forks = timelines.flatMap(({ parents }) => parents)
  const left = [...new Set(forks.map(({ timeline }) => timeline))]
  const times = await Promise.all(left.map(async (timeline) => {
    const positions = [...new Set(forks.filter((fork) => fork.timeline === timeline).map(({ switchLsn }) => parseLsn(switchLsn)))]
    const marks = await clock.lastUpTo([{ timeline, from: 0n, to: null }], positions)
    return positions.map((position, n) => [`${timeline} ${position}`, marks[n]?.at ?? null] as const)
  }))
  const known = new Map(times.flat())
  return ribbonOf({ windows, timelines, timeAt: (timeline, position) => known.get(`${timeline} ${position}`) ?? null }, now)
}
