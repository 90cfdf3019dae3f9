/** Marks for WAL that the clock never saw, or whose marks are lost: coarse ones, from the commits in it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { withEpoch } from '@/lib/restore/aim/rules'
import { readClock } from '@/lib/restore/clock/data'
import { writeMarks } from '@/lib/restore/clock/mutations'
import { type Piece, piecesOf } from '@/lib/restore/clock/rules'
import type { ClockReader, Mark } from '@/lib/restore/clock/schema'
import { type Base, type WalFacts, basesOf } from '@/lib/restore/reach/rules'
import { segmentName, segmentOf } from '@/lib/restore/wal/rules'
import { readWalFacts } from '@/lib/restore/window/data'
import type { WorkerContext } from '../context'
import { programsFor } from '../postgres/programs'
import { type Commit, readCommits } from '../postgres/waldump'

/** How many segments without a commit are looked through before it is left at that */
const PATIENCE = 8n
/** Fewer segments than this before the first mark are not worth a look */
const FEW = 2n

/**
 * The first and the last commit of each piece of WAL that has no mark, and the ends of the sets in between. Returns how many
 * marks that made. `tried` keeps what there is nothing more to find in.
 */
export async function rebuildClock(context: WorkerContext, tried: Set<string>): Promise<number> {
  const { db, env } = context
  const facts = await readWalFacts(db, env.stanza)
  const directory = await context.engine.dataPath()
  if (!facts || !directory) return 0
  const [clock, bases] = [readClock(db, env.stanza), basesOf(facts)]
  let made = 0
  for (const piece of piecesOf(facts.ranges, facts.timelines, bases, facts.segmentSize)) {
    const first = await clock.firstPast([piece], piece.from)
    const unseen = { ...piece, to: first?.lsn ?? piece.to }
    const key = `${piece.timeline} ${piece.from} ${unseen.to}`
    const isShort = first && segmentOf(unseen.to, facts.segmentSize) - segmentOf(piece.from, facts.segmentSize) < FEW
    if (isShort || tried.has(key)) continue
    const bin = await programsFor(directory, env.pgBin)
    const marks = await marksOf(context, bin, unseen, first, facts, clock)
    const ends = endsOfSets(bases, unseen, marks.at(-1) ?? null)
    await writeMarks(db, env.stanza, [...marks.filter(({ lsn }) => lsn !== first?.lsn), ...ends])
    tried.add(key)
    made += marks.length + ends.length
  }
  return made
}

/** The first commit of the piece, and what is behind it: the mark that is there, or else the last commit. */
async function marksOf(
  context: WorkerContext, bin: string, piece: Piece, next: Mark | null, facts: WalFacts, clock: ClockReader,
): Promise<Mark[]> {
  const [newest = null] = await clock.lastUpTo([{ timeline: facts.live, from: 0n, to: null }], [0x7fff_ffff_ffff_ffffn])
  const toMark = ({ end, at, xid }: Commit): Mark => ({
    timeline: piece.timeline, lsn: end, at: new Date(at.getTime() - 1), xid: withEpoch(xid, newest?.xid ?? 0n),
  })
  const first = await findCommit(context, bin, piece, facts.segmentSize, 1n)
  const last = next ? null : await findCommit(context, bin, piece, facts.segmentSize, -1n)
  return [first && toMark(first), next ?? (last && toMark(last))].filter((mark) => mark !== null)
}

/** Forwards from the piece's beginning, or backwards from its end. */
async function findCommit(
  { engine }: WorkerContext, bin: string, piece: Piece, segmentSize: number, step: 1n | -1n,
): Promise<Commit | null> {
  const [first, last] = [segmentOf(piece.from, segmentSize), segmentOf(piece.to - 1n, segmentSize)]
  const directory = await mkdtemp(path.join(tmpdir(), 'salespider-wal-'))
  try {
    for (let n = 0n, at = step > 0 ? first : last; n < PATIENCE && at >= first && at <= last; n += 1n, at += step) {
      const file = path.join(directory, segmentName({ timeline: piece.timeline, number: at }, segmentSize))
      if (!(await engine.fetchWal(path.basename(file), file))) return null
      let found: Commit | null = null
      await readCommits(bin, file, (commit) => {
        const isWithin = commit.start >= piece.from && commit.end <= piece.to
        if (isWithin && (step < 0 || !found)) found = commit
      })
      if (found) return found
      await rm(file)
    }
    return null
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** When and where a set was finished is known. It counts where a later commit is stored: else the time cannot be reached. */
function endsOfSets(bases: readonly Base[], { timeline, from, to }: Piece, proof: Mark | null): Mark[] {
  const within = bases.filter((base) => base.timeline === timeline && base.stop > from && base.stop < to)
  return within
    .filter(({ stop, set }) => proof !== null && stop < proof.lsn && set.stoppedAt < proof.at)
    .map(({ stop, set }) => ({ timeline, lsn: stop, at: set.stoppedAt, xid: 0n }))
}
