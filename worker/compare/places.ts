/** Where the rows that differ are, until they are read. */
import { type Sort, sorts } from '@/lib/restore/comparison/schema'
import { createNewest } from './newest'
import type { Changed } from './pairing'
import { type Sessions, onBoth } from './sides'
import type { Statements } from './statements'

/** A row that differs, by its place on the sides that have it. */
export type Place = { then: string | null; now: string | null }

/** The newest of each sort, as far as the key tells; newest first. */
export function createNewestPlaces(limit: number, compare: ((a: string, b: string) => number) | null) {
  const newest = {
    returns: createNewest<Place>(limit, compare), lost: createNewest<Place>(limit, compare), changed: createNewest<Place>(limit, compare),
  }
  return {
    add: (sort: Sort, key: string, { then, now }: Place) => newest[sort].add(key, { then, now }),
    wanted: () => sorts.map((sort) => ({ sort, places: newest[sort].values().toReversed() })),
  }
}

/** Tells apart what only changed, and what one side has marked deleted. */
export async function sortChanged(rows: Changed[], statements: Statements, sessions: Sessions): Promise<Record<Sort, Changed[]>> {
  const { unmarked } = statements
  if (unmarked === null) return { returns: [], lost: [], changed: rows }
  const alive = await onBoth(sessions, async (session, side) =>
    new Set((await session.query<[string]>(unmarked, [rows.map((row) => row[side])])).map(([place]) => place)))
  const sorted: Record<Sort, Changed[]> = { returns: [], lost: [], changed: [] }
  for (const row of rows) {
    const [then, now] = [alive.then.has(row.then), alive.now.has(row.now)]
    sorted[then === now ? 'changed' : then ? 'returns' : 'lost'].push(row)
  }
  return sorted
}
