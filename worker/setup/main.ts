/**
 * The setup service: reads the environment, writes pgBackRest's and PostgreSQL's configuration, and makes the shop's first
 * cluster on an empty volume. Runs once before everything else, and again whenever the environment changed.
 *
 *   setup          writes; exits 0, or 2 with every problem of the environment
 *   setup --show   prints what was written, secrets hidden
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { translator } from '@/lib/i18n'
import { setupEnv } from '../env'
import { version as versionCommand } from '../pgbackrest/commands'
import { PROGRAM } from '../pgbackrest/engine'
import type { PgbackrestVersion } from '../pgbackrest/version'
import { run } from '../process'
import { type Change, changesBetween, recoded, shortened } from './changes'
import { ClusterError, createFirstCluster, isEmpty, makeRoomForRestore } from './cluster'
import { mainConf, places, postgresqlConf, redactConf, repositoriesConf } from './conf'
import { putFile, readIfThere } from './files'
import { findRecentWal, lookIntoRepositories } from './repositories'
import { type Problem, type SetupSettings, readSetup } from './variables'

const EXIT_USAGE = 2
const t = translator('setup')
const say = (text: string): void => void process.stdout.write(`${text}\n`)

const files = {
  main: path.join(places.config, 'pgbackrest.conf'),
  repositories: path.join(places.config, 'conf.d', 'repo.conf'),
  postgresql: path.join(places.config, 'postgresql.conf'),
  gcsKey: (key: number) => path.join(places.config, `gcs-key-${key}.json`),
}

async function main(): Promise<number> {
  if (process.argv.includes('--show')) return show()
  const env = setupEnv()
  const { settings, problems } = readSetup(env.variables)
  if (!settings) return refuse(problems)
  if (!(await write(settings, env.template))) return EXIT_USAGE
  if (settings.repositories.length === 0) say(t('hosted'))
  return env.password === null ? 0 : prepareVolume(settings, env.password, env.database)
}

/** A cluster is made only where no repository can hold this shop already. */
async function prepareVolume({ stanza, repositories }: SetupSettings, password: string, database: string): Promise<number> {
  if (!(await isEmpty(places.volume))) {
    say(t('cluster.kept'))
    return 0
  }
  const state = repositories.length === 0 ? ({ code: 'new' } as const) : await lookIntoRepositories(stanza)
  if (state.code === 'new') {
    return making(async (bin) => {
      await createFirstCluster({ volume: places.volume, bin, password, database, now: new Date() })
      say(t('cluster.made', { database }))
    })
  }
  say(t(`repository.${state.code}`, { ...state, stanza }))
  const recent = state.code === 'sets' ? await findRecentWal(stanza, new Date()) : null
  if (recent) say(t('repository.recent', { recent }))
  return state.code === 'sets' ? makeRoom(state) : 1
}

/** For a shop that was on another host. Only a PostgreSQL of its version can run it. */
async function makeRoom({ systemId, version }: { systemId: string; version: string }): Promise<number> {
  const own = await findPostgresVersion()
  if (own !== version) {
    say(t('cluster.otherVersion', { version, own }))
    return 1
  }
  return making((bin) => makeRoomForRestore(places.volume, systemId, bin, new Date()))
}

/** False, and nothing written, where it would make a repository unreadable. */
async function write(settings: SetupSettings, template: string): Promise<boolean> {
  const before = await readIfThere(files.repositories)
  const after = repositoriesConf(settings.repositories, await findVersion(), files.gcsKey)
  const locked = recoded(before, after)
  for (const key of locked) say(t('recoded', { variable: `PGBACKREST_REPO${key}_CIPHER_PASS`, path: `PGBACKREST_REPO${key}_PATH` }))
  if (locked.length > 0) return false
  const main = mainConf(await readFile(template, 'utf8'), settings)
  const changes = [
    ...changesBetween(await readIfThere(files.main), main), ...changesBetween(before, after),
    ...changesBetween(await readIfThere(files.postgresql), postgresqlConf(settings)),
  ]
  for (const { key, gcsKey } of settings.repositories) await putFile(files.gcsKey(key), gcsKey)
  await putFile(files.main, main)
  await putFile(files.repositories, after)
  await putFile(files.postgresql, postgresqlConf(settings))
  tell(changes)
  return true
}

function tell(changes: Change[]): void {
  if (changes.length === 0) return say(t('unchanged'))
  for (const { option, before, after } of changes) {
    const what = before === null ? 'added' : after === null ? 'removed' : 'changed'
    say(t(`change.${what}`, { option, before: before ?? '', after: after ?? '' }))
  }
  for (const { option, after } of shortened(changes.filter(({ before }) => before !== null))) say(t('shortened', { option, after: after ?? '' }))
}

async function making(work: (bin: string) => Promise<void>): Promise<number> {
  try {
    await work(await findPrograms())
    return 0
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    say(t('cluster.failed', { reason: error.message }))
    return 1
  }
}

/** The image has one version of PostgreSQL, in its PATH's first place for pg_config's sake. */
async function findPrograms(): Promise<string> {
  const { stdout } = await run('pg_config', ['--bindir'])
  return stdout.trim()
}

/** `PostgreSQL 17.2 (Debian …)`: the major version */
async function findPostgresVersion(): Promise<string> {
  const { stdout } = await run('pg_config', ['--version'])
  return /(\d+)/.exec(stdout)?.[1] ?? ''
}

async function findVersion(): Promise<PgbackrestVersion | null> {
  const command = versionCommand()
  const { exitCode, stdout, stderr } = await run(PROGRAM, command.args)
  return exitCode === 0 ? command.parse(stdout, stderr) : null
}

function refuse(problems: Problem[]): number {
  say(t('refused', { count: problems.length }))
  for (const { variable, code, expected = 'key', other = '' } of problems) {
    say(`  ${variable}: ${code === 'invalid' ? t(`expected.${expected}`) : t(`problem.${code}`, { other })}`)
  }
  return EXIT_USAGE
}

async function show(): Promise<number> {
  for (const file of [files.main, files.repositories, files.postgresql]) say(`# ${file}\n${redactConf(await readIfThere(file))}`)
  return 0
}

process.exitCode = await main()
