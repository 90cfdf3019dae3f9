/** Which backup sets and which WAL lead where: pure functions over `.history` files. */
import type { CatalogSet } from '@/lib/backups/schema'
import { parseLsn, timelineOfWal } from '../wal/rules'

export type Ancestor = { timeline: number; switchLsn: string }
/** A timeline and, oldest first, those it grew from with the position each was left at. */
export type TimelineHistory = { id: number; parents: readonly Ancestor[] }

/** The WAL after `from`, up to and with `to`, that was written on one timeline; null for one that was not left. */
export type Stretch = { timeline: number; from: bigint; to: bigint | null }
/** Oldest first, without holes */
export type Lineage = readonly Stretch[]

/** A `.history` file: one line an ancestor, `timeline <tab> LSN <tab> reason`. */
export function parseHistory(text: string): Ancestor[] {
  return [...text.matchAll(/^\s*(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/gim)].map(([, timeline, switchLsn]) => ({
    timeline: Number(timeline), switchLsn: switchLsn ?? '',
  }))
}

/**
 * The WAL that leads to `timeline`. Null when its history is not known.
 *
 * Recovery towards a timeline that stops before that one began still names it as the parent of the new one: an ancestor may
 * be left at a position before its own beginning. Then nothing of it is on the way, and less of those before it.
 */
export function lineageOf(timeline: number, timelines: readonly TimelineHistory[]): Lineage | null {
  const history = timelines.find(({ id }) => id === timeline)
  if (!history && timeline !== 1) return null
  const left = (history?.parents ?? []).map((line) => ({ timeline: line.timeline, to: parseLsn(line.switchLsn) }))
  const lines = [...left, { timeline, to: null }]
  const stretches: Stretch[] = []
  let end: bigint | null = null
  for (let n = lines.length - 1; n >= 0; n -= 1) {
    const to = least(lines[n]?.to ?? null, end)
    const from = lines[n - 1]?.to ?? 0n
    if (to !== null && from >= to) continue
    stretches.unshift({ timeline: lines[n]?.timeline ?? timeline, from, to })
    end = from
  }
  return stretches
}

function least(a: bigint | null, b: bigint | null): bigint | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}

/** Whether what lies right before this position of the timeline belongs to the lineage. */
export function isOn(lineage: Lineage, { timeline, lsn }: { timeline: number; lsn: bigint }): boolean {
  const stretch = lineage.find((candidate) => candidate.timeline === timeline)
  return stretch !== undefined && lsn > stretch.from && (stretch.to === null || lsn <= stretch.to)
}

type Placed = Pick<CatalogSet, 'systemId' | 'archiveStart' | 'lsnStop'>

/** Whether a set can be replayed along the lineage: same cluster, and finished before its timeline was left. */
export function serves(set: Placed, lineage: Lineage, systemId: string): boolean {
  if (set.systemId !== systemId) return false
  const timeline = timelineOfWal(set.archiveStart)
  const stretch = lineage.find((candidate) => candidate.timeline === timeline)
  if (!stretch) return false
  return stretch.to === null || (set.lsnStop !== null && parseLsn(set.lsnStop) <= stretch.to)
}

/** Those given, and their ancestors: what a history says before an ancestor's own line is that one's history. */
export function withAncestors(timelines: readonly TimelineHistory[]): TimelineHistory[] {
  const all = new Map<number, TimelineHistory>()
  for (const { parents } of timelines) {
    parents.forEach(({ timeline }, n) => all.set(timeline, { id: timeline, parents: parents.slice(0, n) }))
  }
  for (const timeline of timelines) all.set(timeline.id, timeline)
  return [...all.values()].toSorted((a, b) => a.id - b.id)
}
