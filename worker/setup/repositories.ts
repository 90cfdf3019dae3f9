/** What the repositories hold before there is a cluster here: whether the shop is new, or the host. */
import { segmentOfFile } from '../pgbackrest/archive'
import { info, repoTimes } from '../pgbackrest/commands'
import { PROGRAM } from '../pgbackrest/engine'
import type { InfoStanza } from '../pgbackrest/info'
import { run } from '../process'

/**
 * `new`: no repository knows the stanza; `sets`: one can be restored from; `stanza`: a cluster was to be backed up and never was;
 * `unreadable`: nobody can tell.
 */
export type RepositoriesState =
  | { code: 'new' }
  | { code: 'sets'; count: number; systemId: string; version: string; newest: Date }
  | { code: 'stanza'; systemId: string }
  | { code: 'unreadable'; reason: string }

/** pgBackRest's status of a repository without this stanza */
const MISSING_STANZA = 1
/** and of one with it that has no set */
const NO_SETS = 2

/** Reads all of them as pgbackrest.conf says. */
export async function lookIntoRepositories(stanza: string): Promise<RepositoriesState> {
  const command = info({ stanza })
  const { exitCode, stdout, stderr, spawnError } = await run(PROGRAM, command.args)
  if (exitCode !== 0) return { code: 'unreadable', reason: stderr.trim() || spawnError || `pgbackrest ended with ${exitCode}` }
  return judge(command.parse(stdout, stderr).find(({ name }) => name === stanza))
}

/** Sets in one repository tell what a second one, away for the moment, could not tell better. */
export function judge(found: InfoStanza | undefined): RepositoriesState {
  const newest = found?.sets.toSorted((a, b) => b.stoppedAt.getTime() - a.stoppedAt.getTime())[0]
  if (newest) {
    const cluster = found?.databases.find(({ systemId }) => systemId === newest.systemId)
    const { systemId = '', version = '' } = cluster ?? {}
    return { code: 'sets', count: found?.sets.length ?? 0, systemId, version, newest: newest.stoppedAt }
  }
  const unread = found?.repos.find(({ status }) => ![0, MISSING_STANZA, NO_SETS].includes(status.code))
  if (unread) return { code: 'unreadable', reason: `repository ${unread.key}: ${unread.status.message}` }
  if (found?.repos.every(({ status }) => status.code === MISSING_STANZA) ?? true) return { code: 'new' }
  return { code: 'stanza', systemId: found?.databases.at(-1)?.systemId ?? '' }
}

/** A shop that sells has its next segment stored sooner than this. */
const RECENT_MS = 600_000

/**
 * When the newest WAL of the stanza reached a repository, where that is so recent that the shop may still run elsewhere; null
 * where it is not, or cannot be told.
 */
export async function findRecentWal(stanza: string, now: Date): Promise<Date | null> {
  const command = info({ stanza })
  const { exitCode, stdout, stderr } = await run(PROGRAM, command.args)
  const found = exitCode === 0 ? command.parse(stdout, stderr).find(({ name }) => name === stanza) : undefined
  const times = await Promise.all((found?.archives ?? []).map(({ id, repoKey, max }) => max ? timesNear(stanza, repoKey, id, max) : []))
  const newest = Math.max(...times.flat())
  return now.getTime() - newest < RECENT_MS ? new Date(newest) : null
}

/** Of the segments in that one's directory, in milliseconds */
async function timesNear(stanza: string, repo: number, archiveId: string, wal: string): Promise<number[]> {
  const command = repoTimes({ stanza, repo, path: `archive/${stanza}/${archiveId}/${wal.slice(0, 16)}` })
  const { exitCode, stdout, stderr } = await run(PROGRAM, command.args)
  if (exitCode !== 0) return []
  return command.parse(stdout, stderr).filter(({ name }) => segmentOfFile(name)).map(({ at }) => at.getTime())
}
