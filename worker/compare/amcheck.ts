/** Looks for damage in the rehearsal, with PostgreSQL's own pg_amcheck. */
import path from 'node:path'
import type { Comparison } from '@/lib/restore/comparison/schema'
import { type Exit, run } from '../process'
import { cut } from './cut'
import type { Session } from './session'

const LIMIT_MS = 120_000
const SHOWN_PROBLEMS = 20
const SHOWN_CHARACTERS = 500

type Integrity = NonNullable<Comparison['amcheck']>
type Checked = Omit<Integrity, 'took'>

/** A paused copy cannot create the extension: it is there only when the shop had it. */
const IS_INSTALLED = `SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'amcheck')`

export async function checkIntegrity(session: Session, bin: string): Promise<Integrity> {
  const began = performance.now()
  return { ...(await look(session, bin)), took: Math.round(performance.now() - began) }
}

async function look(session: Session, bin: string): Promise<Checked> {
  const [row] = await session.query<[boolean]>(IS_INSTALLED)
  if (!row?.[0]) return { status: 'skipped', relations: 0, problems: [], reason: 'not-installed' }
  const timeout = AbortSignal.timeout(LIMIT_MS)
  const exit = await run(path.join(bin, 'pg_amcheck'), ['--progress', '--no-password'], {
    signal: AbortSignal.any([session.signal, timeout]), env: environment(session),
  })
  session.signal.throwIfAborted()
  return readAmcheck(exit, timeout.aborted)
}

/** A table that somebody was changing at that moment stays locked as long as the copy is paused. */
function environment({ host, port, user, database, password }: Session): Record<string, string> {
  return {
    PGHOST: host, PGPORT: String(port), PGUSER: user ?? '', PGDATABASE: database ?? '',
    PGOPTIONS: '-c lock_timeout=2s', PGAPPNAME: 'salespider-backup compare',
    ...(typeof password === 'string' && { PGPASSWORD: password }),
  }
}

const CORRUPTION_FOUND = 2
const PROGRESS = /(\d+)\/\s*\d+ relations/
const UNREAD = /canceling statement due to/

type Ended = Pick<Exit, 'exitCode' | 'stdout' | 'stderr' | 'spawnError'>

/** A relation that it could not look at is among its problems, but is none of the relation's. */
export function readAmcheck({ exitCode, stdout, stderr, spawnError }: Ended, isTimeout: boolean): Checked {
  const problems = stdout.split(/\n(?=\S)/).filter((problem) => problem.trim())
  const found = problems.filter((problem) => !UNREAD.test(problem))
  const seen = Number([...stderr.matchAll(new RegExp(PROGRESS, 'g'))].at(-1)?.[1] ?? 0)
  const relations = Math.max(0, seen - (problems.length - found.length))
  const isWhole = exitCode === 0 || exitCode === CORRUPTION_FOUND
  if (found.length > 0) return { status: 'damaged', relations, problems: shown(found), reason: null }
  if (isWhole) return { status: 'ok', relations, problems: [], reason: null }
  if (isTimeout) return { status: 'skipped', relations, problems: [], reason: 'timeout' }
  return { status: 'skipped', relations, problems: shown([...stderr.split('\n'), spawnError ?? '']), reason: 'failed' }
}

function shown(texts: string[]): string[] {
  const lines = texts.map((text) => text.replace(/\s+/g, ' ').trim())
  return lines.filter((line) => line && !PROGRESS.test(line)).slice(0, SHOWN_PROBLEMS).map((line) => cut(line, SHOWN_CHARACTERS))
}
