/** pgBackRest, bound to one configuration and stanza and to the version that is installed. */
import { readFile } from 'node:fs/promises'
import type { Catalog, CatalogRepository } from '@/lib/backups/schema'
import { JobFailed } from '../context'
import { type WorkerEnv, childEnv } from '../env'
import { type Command, type Exit, type RunOptions, run } from '../process'
import * as commands from './commands'
import { type RepositoryConfig, parseConfig, repositoriesOf } from './config'
import { type FailureContext, toFailure } from './errors'
import type { BackupLock, InfoStanza } from './info'
import { type LogLine, parseLog } from './log'
import { secretsOf } from './redact'
import { lookAtDirectory } from './repository-directory'
import { type PgbackrestVersion, featuresOf } from './version'

export const PROGRAM = 'pgbackrest'
/** Status codes of `info` for one repository: fine; cannot be told */
const OK = 0
const OTHER = 99

export type Engine = Awaited<ReturnType<typeof openEngine>>

/** Detects the version; one that is not installed shows as null, and every job then fails with words. */
export async function openEngine({ config, stanza }: Pick<WorkerEnv, 'config' | 'stanza'>) {
  const target = { config, stanza }
  const version = await detectVersion()
  const features = version && featuresOf(version)

  async function options(): Promise<Map<string, string>> {
    return parseConfig(await readFile(config, 'utf8').catch(() => ''), stanza)
  }

  async function failureContext(repo: number | null): Promise<FailureContext> {
    const known = await options()
    const repository = repositoriesOf(known).find(({ key }) => key === (repo ?? 1))
    const look = repository?.path ? await lookAtDirectory(repository.path) : null
    return {
      stanza, dataPath: known.get('pg1-path'), repositoryPath: repository?.path, repositoryState: look?.state, secrets: secretsOf(childEnv()),
    }
  }

  /** Runs a command whose whole output is its answer. Throws JobFailed. */
  async function ask<T>(command: Command<T>): Promise<T> {
    const exit = await run(PROGRAM, command.args)
    if (exit.exitCode === 0) return command.parse(exit.stdout, exit.stderr)
    const lines = parseLog(`${exit.stderr}\n${exit.stdout}`)
    throw new JobFailed(toFailure({ ...exit, lines }, await failureContext(null)))
  }

  return {
    version,
    commands: {
      backup: (options: Omit<commands.BackupOptions, keyof commands.Target>) => commands.backup({ ...target, ...options }),
      check: () => commands.check(target),
      stanzaCreate: () => commands.stanzaCreate(target),
    },
    run: (command: Command<unknown>, runOptions: RunOptions): Promise<Exit> => run(PROGRAM, command.args, runOptions),

    /** What the repositories hold, and how they are. */
    async readCatalog(): Promise<Catalog> {
      const [stanzas, configured] = [await ask(commands.info(target)), repositoriesOf(await options())]
      const found = stanzas.find(({ name }) => name === stanza)
      const repositories = await Promise.all(configured.map((repository) => describeRepository(repository, found)))
      return { repositories, sets: found?.sets ?? [] }
    },

    /** Sizes of the backup that runs; null where this version does not tell them. */
    async readLock(): Promise<BackupLock | null> {
      return features?.jsonLockProgress ? ask(commands.infoProgress(target, features)) : null
    },

    async explain(exit: Exit, lines: LogLine[], repo: number | null, label: string | null) {
      return toFailure({ ...exit, lines }, { ...(await failureContext(repo)), label })
    },
  }
}

async function detectVersion(): Promise<PgbackrestVersion | null> {
  const command = commands.version()
  const exit = await run(PROGRAM, command.args)
  return exit.exitCode === 0 ? command.parse(exit.stdout, exit.stderr) : null
}

async function describeRepository({ key, type, location, path }: RepositoryConfig, found: InfoStanza | undefined): Promise<CatalogRepository> {
  const look = path ? await lookAtDirectory(path) : null
  const repo = found?.repos.find((candidate) => candidate.key === key)
  const archive = found?.archives.findLast(({ repoKey }) => repoKey === key)
  const status = repo?.status ?? { code: OTHER, message: 'not known to pgBackRest' }
  const broken = look?.state && (look.state !== 'full' || status.code !== OK)
  return {
    key, type, location,
    cipher: repo?.cipher ?? 'none',
    statusCode: broken ? OTHER : status.code,
    statusMessage: broken ? `${look.state}` : status.message,
    diskTotal: look?.diskTotal ?? null,
    diskFree: look?.diskFree ?? null,
    archiveMin: archive?.min ?? null,
    archiveMax: archive?.max ?? null,
  }
}
