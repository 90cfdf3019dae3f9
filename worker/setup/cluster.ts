/**
 * What an empty volume gets: the shop's first cluster, or a place for the one that is in the repository. A volume that holds
 * anything is never touched: a missing link means that something is wrong there, not that the shop is new.
 */
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { run } from '../process'
import { writeDurably } from '../volume/durable'
import { StandInError, createStandIn } from '../volume/stand-in'
import { places } from './conf'

export type FirstCluster = { volume: string; bin: string; password: string; database: string; now: Date }

/** PostgreSQL's own words for what did not work. */
export class ClusterError extends Error {}

export async function isEmpty(volume: string): Promise<boolean> {
  return (await readdir(volume)).every((name) => name === 'lost+found')
}

const idOf = (now: Date) => now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')

/** Throws ClusterError, and leaves nothing behind. */
export async function createFirstCluster({ volume, bin, password, database, now }: FirstCluster): Promise<void> {
  const id = idOf(now)
  const scratch = await mkdtemp(path.join(tmpdir(), 'setup-'))
  const directory = path.join(volume, 'clusters', id)
  try {
    await mkdir(path.dirname(directory), { mode: 0o700 })
    await initialise(bin, directory, path.join(scratch, 'password'), password)
    await createDatabase(bin, directory, scratch, database)
    await link(volume, id)
  } catch (error) {
    await rm(path.dirname(directory), { recursive: true, force: true })
    throw error
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * The host is new and the shop is not: a place that only names the shop's cluster, held as an interrupted restore in place leaves
 * it, so that PostgreSQL is started once a set has been restored there. Throws ClusterError, and leaves nothing behind.
 */
export async function makeRoomForRestore(volume: string, systemId: string, bin: string, now: Date): Promise<void> {
  const id = idOf(now)
  const clusters = path.join(volume, 'clusters')
  const directory = path.join(clusters, id)
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    await createStandIn(directory, systemId, bin)
    await writeDurably(path.join(volume, 'hold.request'), 'job=new-host\n')
    await link(volume, id)
  } catch (error) {
    await rm(clusters, { recursive: true, force: true })
    await rm(path.join(volume, 'hold.request'), { force: true })
    throw error instanceof StandInError ? new ClusterError(error.message) : error
  }
}

async function link(volume: string, id: string): Promise<void> {
  await symlink(path.join('clusters', id), path.join(volume, 'data.new'))
  await rename(path.join(volume, 'data.new'), path.join(volume, 'data'))
}

/** Over the socket the system's postgres is the superuser; everybody else needs a password. */
const PG_HBA = `local all postgres peer
local all all scram-sha-256
host all all all scram-sha-256
`

async function initialise(bin: string, directory: string, passwordFile: string, password: string): Promise<void> {
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  await must(path.join(bin, 'initdb'), ['--username=postgres', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--data-checksums', '-D', directory])
  await writeFile(path.join(directory, 'pg_hba.conf'), PG_HBA)
  const include = `\ninclude_if_exists = '${path.join(places.config, 'postgresql.conf')}'\n`
  await writeFile(path.join(directory, 'postgresql.conf'), include, { flag: 'a' })
}

/** Beside everybody, without an archive: the supervisor is the one who starts it for others. */
async function createDatabase(bin: string, directory: string, socket: string, database: string): Promise<void> {
  const settings = ['listen_addresses=', `unix_socket_directories=${socket}`, 'archive_mode=off', 'unix_socket_permissions=0700']
  const control = (...args: string[]) => must(path.join(bin, 'pg_ctl'), ['-D', directory, '-w', '-s', ...args])
  await control('-l', path.join(socket, 'log'), '-o', settings.map((setting) => `-c ${setting}`).join(' '), 'start')
  try {
    const psql = (name: string, sql: string) =>
      must(path.join(bin, 'psql'), ['-h', socket, '-U', 'postgres', '-d', name, '-v', 'ON_ERROR_STOP=1', '-qXc', sql])
    if (database !== 'postgres') await must(path.join(bin, 'createdb'), ['-h', socket, '-U', 'postgres', '--', database])
    await psql(database, 'CREATE EXTENSION IF NOT EXISTS amcheck')
  } finally {
    await control('-m', 'fast', 'stop')
  }
}

async function must(program: string, args: string[]): Promise<void> {
  const { exitCode, stderr, spawnError } = await run(program, args)
  if (exitCode !== 0) throw new ClusterError(`${path.basename(program)}: ${stderr.trim() || spawnError || `exit code ${exitCode}`}`)
}
