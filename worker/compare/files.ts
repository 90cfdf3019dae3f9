import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { OfBoth } from './sides'

/** A restore rewinds them with the data directory; kept elsewhere, they are on neither side. */
const FILES = ['pg_hba.conf', 'pg_ident.conf']

/** Names of those whose contents differ. */
export async function differingFiles(directories: OfBoth<string>): Promise<string[]> {
  const differs = await Promise.all(FILES.map(async (name) => {
    const files = [directories.then, directories.now].map((directory) => path.join(directory, name))
    const [then, now] = await Promise.all(files.map(contentsOf))
    return then !== now
  }))
  return FILES.filter((_, n) => differs[n])
}

async function contentsOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
}
