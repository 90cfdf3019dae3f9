/** Where PostgreSQL's programs are, for the version a cluster was made by. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'

const DEBIAN = '/usr/lib/postgresql'

/** `given` is the installation's own PG_BIN. Throws where there is no cluster. */
export async function programsFor(dataDirectory: string, given: string | null): Promise<string> {
  if (given) return given
  const version = (await readFile(path.join(dataDirectory, 'PG_VERSION'), 'utf8')).trim()
  return path.join(DEBIAN, version, 'bin')
}
