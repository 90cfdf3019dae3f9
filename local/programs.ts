/** Where PostgreSQL's programs are. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { StepFailed } from './steps'

const ROOT = '/usr/lib/postgresql'

/** The programs a new cluster is made with: the newest. */
export function newestPostgres(): string {
  const versions = existsSync(ROOT) ? readdirSync(ROOT).map(Number).filter((version) => existsSync(binOf(version))) : []
  if (versions.length === 0) throw new StepFailed(`There is no PostgreSQL in ${ROOT}.`)
  return binOf(Math.max(...versions))
}

/** The programs of the version that an existing cluster was made with: another one cannot read it. */
export function postgresOf(dataDirectory: string): string {
  const version = Number(readFileSync(path.join(dataDirectory, 'PG_VERSION'), 'utf8'))
  if (!existsSync(binOf(version))) throw new StepFailed(`PostgreSQL ${version}, which made ${dataDirectory}, is not installed.`)
  return binOf(version)
}

const binOf = (version: number) => path.join(ROOT, String(version), 'bin')
