/** pgBackRest, bound to one configuration and stanza and to the version that is installed. */
import { join } from 'node:path'
import type { Catalog, CatalogRepository } from '@/lib/backups/schema'
import type { JobFailure } from '@/lib/jobs/schema'
import { JobFailed } from '../context'
import { type WorkerEnv, childEnv } from '../env'
import { type Command, type Exit, type RunOptions, run } from '../process'
import { archivesOf, segmentOfFile } from './archive'
import * as commands from './commands'
import { type RepositoryConfig, parseConfig, readConfig, repositoriesOf } from './config'
import { type FailureContext, toFailure } from './errors'
import type { BackupLock, InfoStanza } from './info'
import { type LogLine, parseLine, parseLog } from './log'
import { secretsOf } from './redact'
import { lookAtDirectory, namesIn, signOf } from './repository-directory'
import { type PgbackrestVersion, featuresOf } from './version'

export const PROGRAM = 'pgbackrest'
/** Status codes of `info` for one repository: fine; without a set; cannot be told */
const OK = 0
const NO_SETS = 2
const OTHER = 99
const READABLE = [OK, NO_SETS]
/** archive-get's exit code for what no repository has */
const NOT_IN_ARCHIVE = 1

export type RepositoryArchives = { repo: number; archives: { archiveId: string; systemId: string }[]; failure: JobFailure | null }

export type Engine = Awaited<ReturnType<typeof openEngine>>

/** Detects the version; one that is not installed shows as null, and every job then fails with words. */
export async function openEngine({ config, stanza }: Pick<WorkerEnv, 'config' | 'stanza'>) {
  const target = { config, stanza }
  const version = await detectVersion()
  const features = version && featuresOf(version)

  async function options(): Promise<Map<string, string>> {
    return parseConfig(await readConfig(config), stanza)
  }

  async function failureContext(repo: number | null): Promise<FailureContext> {
    const known = await options()
    const repository = repositoriesOf(known).find(({ key }) => key === (repo ?? 1))
    const look = repository?.path ? await lookAtDirectory(repository.path) : null
    return {
      stanza, dataPath: known.get('pg1-path'), repositoryType: repository?.type, repositoryPath: repository?.path, repositoryState: look?.state, secrets: secretsOf(childEnv()),
    }
  }

  /** Runs a command whose whole output is its answer. Throws JobFailed. */
  async function ask<T>(command: Command<T>): Promise<T> {
    const exit = await run(PROGRAM, command.args)
    if (exit.exitCode === 0) return command.parse(exit.stdout, exit.stderr)
    return fail(exit, parseLog(`${exit.stderr}\n${exit.stdout}`), null)
  }

  async function fail(exit: Exit, lines: LogLine[], repo: number | null): Promise<never> {
    throw new JobFailed(toFailure({ ...exit, lines }, await failureContext(repo)))
  }

  return {
    version,
    commands: {
      backup: (options: Omit<commands.BackupOptions, keyof commands.Target>) => commands.backup({ ...target, ...options }),
      check: () => commands.check(target),
      stanzaCreate: () => commands.stanzaCreate(target),
    },
    run: (command: Command<unknown>, runOptions: RunOptions): Promise<Exit> => run(PROGRAM, command.args, runOptions),

    /** As configured; null for one that is not */
    repository: async (key: number): Promise<RepositoryConfig | null> =>
      repositoriesOf(await options()).find((repository) => repository.key === key) ?? null,

    /** pg1-path, as configured; null without one */
    dataPath: async (): Promise<string | null> => (await options()).get('pg1-path') ?? null,

    /** What the repositories hold, and how they are. */
    async readCatalog(): Promise<Catalog> {
      const [stanzas, configured] = [await ask(commands.info(target)), repositoriesOf(await options())]
      const found = stanzas.find(({ name }) => name === stanza)
      const repositories = await Promise.all(configured.map((repository) => describeRepository(repository, found)))
      return { repositories, sets: found?.sets ?? [] }
    },

    /** Is another whenever readCatalog may tell something new, but for the room on a disk; null where only asking tells. */
    async catalogSign(): Promise<string | null> {
      const known = await options()
      const signs = await Promise.all(repositoriesOf(known).map(({ path }) => path && signOf(path, stanza)))
      return signs.includes(null) ? null : JSON.stringify([...known, ...signs])
    },

    /** Sizes of the backup that runs; null where this version does not tell them. */
    async readLock(): Promise<BackupLock | null> {
      return features?.jsonLockProgress ? ask(commands.infoProgress(target, features)) : null
    },

    /** The archives of each repository by their cluster, or why it cannot be read. */
    async readArchives(): Promise<RepositoryArchives[]> {
      const found = (await ask(commands.info(target))).find(({ name }) => name === stanza)
      return Promise.all(repositoriesOf(await options()).map(async ({ key: repo }) => {
        const status = found?.repos.find(({ key }) => key === repo)?.status
        if (status && READABLE.includes(status.code)) return { repo, archives: archivesOf(repo, found), failure: null }
        const line = { at: null, level: 'error' as const, process: null, message: status?.message ?? '', continues: false }
        const failure = toFailure({ exitCode: null, spawnError: null, lines: [line] }, await failureContext(repo))
        return { repo, archives: [], failure }
      }))
    },

    /** What stands below `archive/<stanza>`, name by name. Throws JobFailed when it cannot be listed. */
    async listArchive(repo: number, below: string, onName: (name: string) => void): Promise<void> {
      const path = ['archive', stanza, below].filter((part) => part !== '').join('/')
      // A segment arrives every minute: where the directory is at hand, no program is started for it.
      const root = below && repositoriesOf(await options()).find(({ key }) => key === repo)?.path
      const names = root ? await namesIn(join(root, path)) : null
      if (names) return names.forEach(onName)
      const lines: LogLine[] = []
      const exit = await run(PROGRAM, commands.repoLs({ ...target, repo, path, recurse: below === '' }).args, {
        onLine: (text) => {
          onName(text)
          if (/^(?:P\d+ +)?(?:ERROR|WARN|ASSERT):|^\s/.test(text)) lines.push(parseLine(text, lines.at(-1) ?? null))
        },
      })
      if (exit.exitCode !== 0) await fail(exit, lines, repo)
    },

    /** The segments in a directory below `archive/<stanza>`, with when each arrived. Throws JobFailed when it cannot be listed. */
    async archiveTimes(repo: number, below: string): Promise<{ wal: string; at: Date }[]> {
      const files = await ask(commands.repoTimes({ ...target, repo, path: `archive/${stanza}/${below}` }))
      return files.flatMap(({ name, at }) => {
        const wal = segmentOfFile(name)
        return wal ? [{ wal, at }] : []
      })
    },

    /** Names of the sets that a repository has, whatever its information says; null where that cannot be told. */
    async listSets(repo: number): Promise<string[] | null> {
      const names = await ask(commands.repoLs({ ...target, repo, path: `backup/${stanza}`, recurse: false })).catch((error: unknown): string[] => {
        if (error instanceof JobFailed) return []
        throw error
      })
      return names.includes('backup.info') ? names : null
    },

    /** False where no repository has it. Throws JobFailed when that cannot be told. */
    async fetchWal(name: string, destination: string): Promise<boolean> {
      const exit = await run(PROGRAM, commands.archiveGet({ ...target, name, destination }).args)
      if (exit.exitCode === 0 || exit.exitCode === NOT_IN_ARCHIVE) return exit.exitCode === 0
      return fail(exit, parseLog(`${exit.stderr}\n${exit.stdout}`), null)
    },

    /** `dataPath`: where the command wrote, if that is not the shop; `step`: what a test of the repository did */
    async explain(
      exit: Exit, lines: LogLine[], { repo, label, dataPath, step }: { repo?: number; label?: string | null; dataPath?: string; step?: string },
    ) {
      const known = await failureContext(repo ?? null)
      return toFailure({ ...exit, lines }, { ...known, label, step, dataPath: dataPath ?? known.dataPath })
    },
  }
}

async function detectVersion(): Promise<PgbackrestVersion | null> {
  const command = commands.version()
  const exit = await run(PROGRAM, command.args)
  return exit.exitCode === 0 ? command.parse(exit.stdout, exit.stderr) : null
}

async function describeRepository({ key, type, location, path, settings }: RepositoryConfig, found: InfoStanza | undefined): Promise<CatalogRepository> {
  const look = path ? await lookAtDirectory(path) : null
  const repo = found?.repos.find((candidate) => candidate.key === key)
  const archive = found?.archives.findLast(({ repoKey }) => repoKey === key)
  const status = repo?.status ?? { code: OTHER, message: 'not known to pgBackRest' }
  const broken = look?.state && (look.state !== 'full' || status.code !== OK)
  return {
    key, type, location, settings,
    cipher: repo?.cipher ?? 'none',
    statusCode: broken ? OTHER : status.code,
    statusMessage: broken ? `${look.state}` : status.message,
    diskTotal: look?.diskTotal ?? null,
    diskFree: look?.diskFree ?? null,
    archiveMin: archive?.min ?? null,
    archiveMax: archive?.max ?? null,
  }
}
