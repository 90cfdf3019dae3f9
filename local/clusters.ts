/** Makes the clusters, once, and configures them at every start: their paths and ports may have changed. */
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, lchownSync, lstatSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { pgHba, pgIdent } from './config'
import { type Owner, makeDirectory, writeOwnedFile } from './owner'
import type { Paths } from './paths'
import { newestPostgres } from './programs'
import type { Server } from './ready'
import { run } from './run'
import { StepFailed } from './steps'

const UNFINISHED = '.unfinished'

/**
 * Makes the shop's cluster, `clusters/<id>`, and links `data` to it. Only in a volume without clusters: where there are some
 * and no link, an empty shop would hide the real one. One that lies in `data` itself is left to the supervisor, which moves it.
 */
export async function ensureShopCluster({ clusters, data }: Paths, owner: Owner, log: string): Promise<void> {
  if (existsSync(path.join(data, 'PG_VERSION'))) return
  const link = lstatSync(data, { throwIfNoEntry: false })
  if (link) throw new StepFailed(`${data} ${link.isSymbolicLink() ? 'leads to' : 'is a directory with'} no cluster. Nothing was changed.`)
  const present = existsSync(clusters) ? readdirSync(clusters).filter((name) => !name.endsWith(UNFINISHED)) : []
  if (present.length > 0) {
    const list = present.join(', ')
    throw new StepFailed(`${data} is missing, but there are clusters: ${list}. Link the right one: ln -s clusters/ID ${data}`)
  }
  makeDirectory(clusters, owner)
  const moment = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const id = `${moment}-${randomBytes(2).toString('hex')}`
  await makeCluster(path.join(clusters, id), owner, log)
  symlinkSync(`clusters/${id}`, data)
  lchownSync(data, owner.uid, owner.gid)
}

/** The control database's cluster, beside the volume: it is never inside the cluster it protects. */
export async function ensureControlCluster({ control }: Paths, owner: Owner, log: string): Promise<void> {
  if (!existsSync(path.join(control, 'PG_VERSION'))) await makeCluster(control, owner, log)
}

/** Whole or not at all: an interrupted one is made anew. */
async function makeCluster(directory: string, owner: Owner, log: string): Promise<void> {
  const parent = path.dirname(directory)
  for (const name of readdirSync(parent)) if (name.endsWith(UNFINISHED)) rmSync(path.join(parent, name), { recursive: true })
  const unfinished = directory + UNFINISHED
  makeDirectory(unfinished, owner)
  const access = ['-U', 'postgres', '--auth-local=peer', '--auth-host=scram-sha-256']
  const options = ['--data-checksums', '--encoding=UTF8', '--locale=C.UTF-8', ...access]
  await run(owner.command([path.join(newestPostgres(), 'initdb'), '-D', unfinished, ...options]), { log, cwd: '/' })
  renameSync(unfinished, directory)
}

export function configureCluster(directory: string, settings: string, owner: Owner): void {
  const main = path.join(directory, 'postgresql.conf')
  if (!/^include_dir = 'conf.d'$/m.test(readFileSync(main, 'utf8'))) appendFileSync(main, "\ninclude_dir = 'conf.d'\n")
  makeDirectory(path.join(directory, 'conf.d'), owner)
  writeOwnedFile(path.join(directory, 'conf.d/salespider.conf'), settings, owner)
  writeOwnedFile(path.join(directory, 'pg_hba.conf'), pgHba, owner)
  writeOwnedFile(path.join(directory, 'pg_ident.conf'), pgIdent(owner.name), owner)
}

type Session = Server & { owner: Owner; log: string }

/** A role that owns one database of the same name, and is nothing more. The password goes through stdin. */
export async function ensureDatabase(name: string, password: string, session: Session): Promise<void> {
  const { bin, port, socketDirectory, owner, log } = session
  const psql = [path.join(bin, 'psql'), '-h', socketDirectory, '-p', String(port), '-U', 'postgres', '-d', 'postgres']
  await run(owner.command([...psql, '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', '-']), {
    log,
    cwd: '/',
    input: `SELECT 'CREATE ROLE ${name}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') \\gexec
ALTER ROLE ${name} LOGIN PASSWORD '${password}';
SELECT 'CREATE DATABASE ${name} OWNER ${name}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${name}') \\gexec
`,
  })
}

/** What looks for damage in a rehearsal: it has to be in the shop when the backup is taken. */
export async function ensureAmcheck(database: string, session: Session): Promise<void> {
  const { bin, port, socketDirectory, owner, log } = session
  const psql = [path.join(bin, 'psql'), '-h', socketDirectory, '-p', String(port), '-U', 'postgres', '-d', database]
  await run(owner.command([...psql, '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', '-']), {
    log,
    cwd: '/',
    input: `SELECT 'CREATE EXTENSION amcheck' FROM pg_available_extensions WHERE name = 'amcheck' AND installed_version IS NULL \\gexec\n`,
  })
}
