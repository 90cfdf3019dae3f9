import { createHash } from 'node:crypto'
import { lstatSync, rmSync, symlinkSync } from 'node:fs'
import { type Owner, makeDirectory } from './owner'
import type { Paths } from './paths'
import { StepFailed } from './steps'

/** What the kernel takes as a socket's path, and what PostgreSQL adds to its directory's. */
const LONGEST_PATH = 107
const LONGEST_NAME = '/.s.PGSQL.65535'.length

/** Whether sockets can lie there: short enough, and plain enough for a setting that is a list. */
export const canHoldSockets = (directory: string) =>
  directory.length + LONGEST_NAME <= LONGEST_PATH && /^[\w./-]+$/.test(directory)

/** The directory of both clusters' sockets: DATA_DIR/run, or a short one that it then leads to. Only its user may enter. */
export function ensureSocketDirectory({ root, run }: Paths, owner: Owner): string {
  if (canHoldSockets(run)) {
    makeDirectory(run, owner)
    return run
  }
  const short = `/tmp/salespider-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`
  const present = lstatSync(short, { throwIfNoEntry: false })
  if (present && !(present.isDirectory() && present.uid === owner.uid)) {
    throw new StepFailed(`${short} belongs to somebody else: set another DATA_DIR.`)
  }
  makeDirectory(short, owner)
  rmSync(run, { recursive: true, force: true })
  symlinkSync(short, run)
  return short
}
