import { randomBytes } from 'node:crypto'
import { failPhase } from '@/lib/jobs/rules'
import type { JobFailure, JobPhase } from '@/lib/jobs/schema'
import { type Handler, type JobContext, JobFailed } from '../context'
import { childEnv } from '../env'
import type { RepositoryConfig } from '../pgbackrest/config'
import { PROGRAM } from '../pgbackrest/engine'
import { parseLog } from '../pgbackrest/log'
import { redactCommand, redactText, secretsOf } from '../pgbackrest/redact'
import { NOT_THERE, type ProbeCommands, probeCommands } from '../pgbackrest/repository-probe'
import type { Command } from '../process'
import { catalogPhase } from './sync-catalog'

type Context = JobContext<'test-repository'>

/**
 * Tries with pgBackRest itself what backups need of a repository. It begins by writing: of all requests, only the answer to that one
 * says why it was refused. A permission that is missing does not end the test: every one that is missing is found at once.
 */
export const testRepository: Handler<'test-repository'> = async (context) => {
  const { env, job } = context
  const { repo } = job.request
  const { isEncrypted } = await repositoryOf(context)
  const commands = probeCommands({ config: env.config, stanza: env.stanza, repo, name: job.id.toString() })
  const failures = await trySteps(context, commands, isEncrypted)
  if (failures[0]) throw new JobFailed(failures[0])
  await catalogPhase(context)
  return { kind: 'test-repository', repo }
}

async function trySteps(context: Context, commands: ProbeCommands, isEncrypted: boolean): Promise<JobFailure[]> {
  const probe = `SaleSpider Backups tries this repository: job ${context.job.id}, ${randomBytes(16).toString('hex')}`
  const failures: JobFailure[] = []
  const attempt = async (phase: JobPhase, work: () => Promise<void>): Promise<boolean> => {
    const failure = await failureOf(context, phase, work)
    if (failure) failures.push(failure)
    return failure === null
  }
  const isWritten = await attempt('write', async () => void (await ask(context, commands.write, 'write', probe)))
  if (!isWritten && failures[0]?.code !== 'repository-not-allowed') return failures
  await attempt('list', async () => void (await ask(context, commands.list, 'list')))
  if (isWritten) {
    await attempt('read', () => readBack(context, commands, probe))
    await attempt('delete', () => remove(context, commands))
  }
  if (isEncrypted) await attempt('decrypt', () => decrypt(context, commands))
  return failures
}

/** Null when it worked. What else goes wrong, a cancel above all, ends the test. */
async function failureOf({ progress, remark, signal }: Context, phase: JobPhase, work: () => Promise<void>): Promise<JobFailure | null> {
  progress.enter(phase)
  try {
    await work()
    return null
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof JobFailed)) throw error
    progress.set(failPhase(progress.get(), error.failure, new Date()))
    remark(`${phase} failed: ${error.failure.code}`, 'error')
    return error.failure
  }
}

async function readBack(context: Context, commands: ProbeCommands, probe: string): Promise<void> {
  const found = await ask(context, commands.read, 'read')
  if (found !== probe) throw new JobFailed({ code: 'repository-altered' })
}

/** A store that keeps what it was told to delete says nothing of it. Where it does not let us look, its word counts. */
async function remove(context: Context, commands: ProbeCommands): Promise<void> {
  await ask(context, commands.remove, 'delete')
  if ((await askIfMay(context, commands.read)) !== null) {
    throw new JobFailed({ code: 'repository-undeletable', params: { type: (await repositoryOf(context)).type } })
  }
  await askIfMay(context, commands.removeAll)
}

async function decrypt(context: Context, commands: ProbeCommands): Promise<void> {
  if ((await ask(context, commands.decrypt, 'read')) === null) context.progress.enter('decrypt', 'nothing is in it yet')
}

async function askIfMay(context: Context, command: Command<string>): Promise<string | null> {
  return ask(context, command, 'read').catch((error: unknown) => {
    if (error instanceof JobFailed) return null
    throw error
  })
}

/** What it answers; null for what is not there. Throws JobFailed. */
async function ask(context: Context, command: Command<string>, step: string, input?: string): Promise<string | null> {
  const { engine, job, signal } = context
  context.command(redactCommand([PROGRAM, ...command.args], childEnv()))
  const exit = await engine.run(command, { signal, input })
  const lines = parseLog(exit.stderr)
  const secrets = secretsOf(childEnv())
  for (const { at, level, process, message } of lines) context.line({ at, level, process: process ?? undefined, message: redactText(message, secrets) })
  if (exit.exitCode === 0) return command.parse(exit.stdout, exit.stderr)
  if (exit.exitCode === NOT_THERE && exit.stderr === '') return null
  throw new JobFailed(sharpened(await engine.explain(exit, lines, { repo: job.request.repo, step }), step, await repositoryOf(context)))
}

/**
 * Once the keys were good for writing, a bare refusal of something else is a permission. And what is wrong with a file of ours is wrong
 * with the directory.
 */
function sharpened(failure: JobFailure, step: string, { type, path }: Pick<RepositoryConfig, 'type' | 'path'>): JobFailure {
  const isBare = failure.code === 'repository-refused' && failure.params?.status === '403' && step !== 'write'
  if (isBare) return { ...failure, code: 'repository-not-allowed', params: { step, type } }
  return path && failure.params?.path ? { ...failure, params: { ...failure.params, path } } : failure
}

/** Read anew: the configuration may change while a test runs. */
async function repositoryOf({ engine, job }: Context): Promise<RepositoryConfig> {
  const { repo } = job.request
  const repository = await engine.repository(repo)
  if (!repository) throw new JobFailed({ code: 'repository-unknown', params: { repo: String(repo) } })
  return repository
}
