import type { Db } from '@/lib/db'
import { isTimeZone } from '@/lib/format/zone'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { readWalFacts, recoveryOf } from '../../window/data'
import { readRibbon } from '../ribbon/data'
import type { Ribbon } from '../ribbon/rules'
import { type Marked, marksOf } from '../rules'

/** What every view of one stanza has in common. */
export type Backdrop = {
  zone: string
  /** Which cluster the shop is, on which timeline; null while nobody has seen it */
  cluster: string | null
  segmentSize: number | null
  /** The first moment of all that can be restored */
  earliest: Date | null
  sets: readonly Marked[]
  ribbon: Ribbon
}

/** Views follow each other many times a second while somebody zooms, and ten thousand sets are much to look through. */
const HOLDS_MS = 3_000

type Read = { at: number; backdrop: Promise<Backdrop> }
const known = new WeakMap<Db, Map<string, Read>>()

/** As it was at `now`, or a few seconds before. */
export function readBackdrop(db: Db, stanza: string, now: Date): Promise<Backdrop> {
  const reads = known.get(db) ?? new Map<string, Read>()
  known.set(db, reads)
  const last = reads.get(stanza)
  const age = now.getTime() - (last?.at ?? 0)
  if (last && age >= 0 && age < HOLDS_MS) return last.backdrop
  const backdrop = read(db, stanza, now)
  reads.set(stanza, { at: now.getTime(), backdrop })
  // What failed is not kept: the next one asks again.
  backdrop.catch(() => reads.delete(stanza))
  return backdrop
}

async function read(db: Db, stanza: string, now: Date): Promise<Backdrop> {
  const [row, facts] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza }, select: { shop: true } }),
    readWalFacts(db, stanza),
  ])
  const { timeZone } = shopProfileSchema.parse(row?.shop ?? {})
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC'
  const ribbon: Ribbon = { reach: [], gaps: [], branches: [] }
  if (!facts) return { zone, cluster: null, segmentSize: null, earliest: null, sets: [], ribbon }
  const recovery = await recoveryOf(db, stanza, facts, now)
  const earliest = recovery.windows.flatMap((window) => (window.earliest ? [window.earliest.getTime()] : []))
  return {
    zone, cluster: `${facts.systemId} ${facts.live}`, segmentSize: facts.segmentSize,
    sets: marksOf(facts), ribbon: await readRibbon(db, stanza, recovery, now),
    earliest: earliest.length > 0 ? new Date(Math.min(...earliest)) : null,
  }
}
