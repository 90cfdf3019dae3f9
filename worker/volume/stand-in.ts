/**
 * Where a lost shop is to be restored: a directory with a control file that names its cluster, and nothing else. pgBackRest gives
 * out WAL only to a cluster that has one, and PostgreSQL starts on nothing so incomplete.
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { run } from '../process'

const CONTROL = 'global/pg_control'

/** Of what initdb could not do */
export class StandInError extends Error {}

export function isStandIn(directory: string): boolean {
  return existsSync(path.join(directory, CONTROL)) && !existsSync(path.join(directory, 'base'))
}

/** In an empty directory; `bin` has to be of the version the lost cluster was of. Throws StandInError. */
export async function createStandIn(directory: string, systemId: string, bin: string): Promise<void> {
  const scratch = `${directory}.scratch`
  try {
    const { exitCode, stderr, spawnError } = await run(path.join(bin, 'initdb'), ['--no-sync', '--username=postgres', '-D', scratch])
    if (exitCode !== 0) throw new StandInError(stderr.trim() || spawnError || `initdb: exit code ${exitCode}`)
    const control = renamed(await readFile(path.join(scratch, CONTROL)), systemId)
    await mkdir(path.join(directory, 'global'), { recursive: true, mode: 0o700 })
    await mkdir(path.join(directory, 'pg_tblspc'), { mode: 0o700 })
    await writeFile(path.join(directory, 'PG_VERSION'), await readFile(path.join(scratch, 'PG_VERSION')), { mode: 0o600 })
    await writeFile(path.join(directory, CONTROL), control, { mode: 0o600 })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** Smaller than what every version puts before the checksum */
const CHECKSUM_FROM = 64

/**
 * The file begins with the system identifier, and what counts of it ends with its CRC-32C: `ControlFileData` in PostgreSQL's
 * src/include/catalog/pg_control.h, whose length differs by version.
 */
export function renamed(control: Buffer, systemId: string): Buffer {
  const changed = Buffer.from(control)
  const end = endOf(control)
  changed.writeBigUInt64LE(BigInt(systemId), 0)
  changed.writeUInt32LE(crc32c(changed.subarray(0, end)), end)
  return changed
}

function endOf(control: Buffer): number {
  for (let at = CHECKSUM_FROM; at + 4 <= control.length; at += 4) {
    if (control.readUInt32LE(at) === crc32c(control.subarray(0, at))) return at
  }
  throw new StandInError('the control file that initdb made has no checksum')
}

/** Castagnoli's polynomial, reversed: Node has only the other CRC-32. */
function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}
