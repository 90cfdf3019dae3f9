/** The commits in a WAL segment, as pg_waldump tells them. */
import path from 'node:path'
import { parseLsn } from '@/lib/restore/wal/rules'
import { JobFailed } from '../context'
import { run } from '../process'

export type Commit = {
  /** Of its record */
  start: bigint
  /** At most where its record ends: page headers are not counted */
  end: bigint
  /** Cut to milliseconds */
  at: Date
  /** Without epoch */
  xid: bigint
}

const HEAD = /^rmgr: Transaction\s+len \(rec\/tot\):\s+\d+\/\s*(\d+), tx:\s+(\d+), lsn: ([0-9A-F]+\/[0-9A-F]+), /
const TIME = / desc: COMMIT(?:_PREPARED \d+:)? (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{3})\d* UTC/

/** Null for every other line. Times are those of a process that runs in UTC. */
export function parseCommit(line: string): Commit | null {
  const [, length, xid, lsn] = HEAD.exec(line) ?? []
  const [, date, time] = TIME.exec(line) ?? []
  if (!length || !xid || !lsn || !date) return null
  const start = parseLsn(lsn)
  return { start, end: start + BigInt(length), at: new Date(`${date}T${time}Z`), xid: BigInt(xid) }
}

/** Reads a segment that carries its own name. That its last record goes on in the next one is no failure. */
export async function readCommits(bin: string, file: string, onCommit: (commit: Commit) => void): Promise<void> {
  const exit = await run(path.join(bin, 'pg_waldump'), ['-r', 'Transaction', file], {
    onLine: (line) => {
      const commit = parseCommit(line)
      if (commit) onCommit(commit)
    },
  })
  if (exit.spawnError) throw new JobFailed({ code: 'internal', detail: `pg_waldump: ${exit.spawnError}` })
}
