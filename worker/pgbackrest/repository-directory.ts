/** A look at a repository that is a directory of this machine: pgBackRest's words often do not tell what is wrong with it. */
import { constants } from 'node:fs'
import { access, readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { RepositoryState } from './errors'

export type DirectoryLook = { state: RepositoryState | null; diskTotal: number | null; diskFree: number | null }

/** With less room than one WAL segment archiving fails, whatever else still fits */
const SEGMENT = 16 * 1024 * 1024

/** Sizes in bytes of the disk below it; null where they cannot be told. */
export async function lookAtDirectory(path: string): Promise<DirectoryLook> {
  try {
    const { blocks, bavail, bsize } = await statfs(path)
    const diskFree = bavail * bsize
    const full = diskFree < SEGMENT ? 'full' : null
    return { state: (await stateOf(path)) ?? full, diskTotal: blocks * bsize, diskFree }
  } catch (error) {
    return { state: toState(error), diskTotal: null, diskFree: null }
  }
}

async function stateOf(path: string): Promise<RepositoryState | null> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return null
  } catch (error) {
    return toState(error)
  }
}

const states: Record<string, RepositoryState> = {
  ENOENT: 'missing', ENOTDIR: 'missing', EROFS: 'read-only', EACCES: 'permission', EPERM: 'permission', ENOSPC: 'full',
}

function toState(error: unknown): RepositoryState | null {
  return error instanceof Error && 'code' in error ? (states[String(error.code)] ?? null) : null
}

/**
 * Changes when what pgBackRest's `info` tells of the stanza may have: with the directory's state, and with the two files that
 * pgBackRest writes anew for every set and every cluster.
 */
export async function signOf(path: string, stanza: string): Promise<string> {
  const { state } = await lookAtDirectory(path)
  const files = ['archive', 'backup'].map((kind) => join(path, kind, stanza, `${kind}.info`))
  const signs = files.map((file) => stat(file, { bigint: true }).then(
    ({ ino, size, mtimeNs }) => [ino, size, mtimeNs].join('-'),
    (error: unknown) => toState(error) ?? String(error),
  ))
  return [state, ...(await Promise.all(signs))].join(' ')
}

/** Null where it cannot be read. */
export async function namesIn(directory: string): Promise<string[] | null> {
  return readdir(directory).catch(() => null)
}
