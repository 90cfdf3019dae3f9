/** What the repositories hold before there is a cluster here: whether the shop is new, or the host. */
import { info } from '../pgbackrest/commands'
import { PROGRAM } from '../pgbackrest/engine'
import type { InfoStanza } from '../pgbackrest/info'
import { run } from '../process'

/**
 * `new`: no repository knows the stanza; `sets`: one can be restored from; `stanza`: a cluster was to be backed up and never was;
 * `unreadable`: nobody can tell.
 */
export type RepositoriesState =
  | { code: 'new' }
  | { code: 'sets'; count: number; systemId: string; newest: Date }
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
  const systemId = found?.databases.at(-1)?.systemId ?? ''
  const newest = found?.sets.toSorted((a, b) => b.stoppedAt.getTime() - a.stoppedAt.getTime())[0]
  if (newest) return { code: 'sets', count: found?.sets.length ?? 0, systemId, newest: newest.stoppedAt }
  const unread = found?.repos.find(({ status }) => ![0, MISSING_STANZA, NO_SETS].includes(status.code))
  if (unread) return { code: 'unreadable', reason: `repository ${unread.key}: ${unread.status.message}` }
  return found?.repos.some(({ status }) => status.code !== MISSING_STANZA) ? { code: 'stanza', systemId } : { code: 'new' }
}
