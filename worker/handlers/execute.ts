/** Runs pgBackRest for a job: its lines into the log, its end into a result or a failure. */
import type { JobKind, RequestOf } from '@/lib/jobs/schema'
import { logger } from '@/lib/logger'
import { type JobContext, JobFailed } from '../context'
import { childEnv } from '../env'
import { PROGRAM } from '../pgbackrest/engine'
import { type LogLine, parseLine } from '../pgbackrest/log'
import { type BackupFacts, advance, beginBackup } from '../pgbackrest/progress'
import { redactCommand, redactText, secretsOf } from '../pgbackrest/redact'
import type { Command } from '../process'

/** Between two looks at the sizes that the lock tells */
const LOOK_MS = 1_000
/** The last lines are what a failure is explained from */
const TAIL_LINES = 200

type Watch = { onLine?: (line: LogLine) => void; repo?: number; label?: () => string | null; dataPath?: string }

/** Throws JobFailed with why when it does not end well. */
export async function execute<K extends JobKind>(context: JobContext<K>, command: Command<unknown>, watch: Watch = {}): Promise<void> {
  const { engine, signal } = context
  const secrets = secretsOf(childEnv())
  const tail: LogLine[] = []
  context.command(redactCommand([PROGRAM, ...command.args], childEnv()))
  const exit = await engine.run(command, {
    signal,
    onLine: (text) => {
      if (text.trim() === '') return
      const line = parseLine(text, tail.at(-1) ?? null)
      if (tail.push(line) > TAIL_LINES) tail.shift()
      context.line({ at: line.at, level: line.level, process: line.process ?? undefined, message: redactText(line.message, secrets) })
      watch.onLine?.(line)
    },
  })
  if (exit.exitCode === 0) return
  throw new JobFailed(await engine.explain(exit, tail, { repo: watch.repo, label: watch.label?.(), dataPath: watch.dataPath }))
}

/** Runs a backup and tells its progress, from its lines and, where the version tells them, from the sizes in its lock. */
export async function executeBackup(context: JobContext, { type, repo }: Pick<RequestOf<'backup'>, 'type' | 'repo'>): Promise<BackupFacts> {
  const { job, engine, env, progress } = context
  const command = engine.commands.backup({
    repo,
    type,
    annotations: { job: job.id.toString(), by: job.actorName, reason: job.reason, trigger: job.trigger },
    retention: env.retention,
  })
  let state = beginBackup(progress.get())
  const apply = (input: Parameters<typeof advance>[1]) => {
    state = advance({ ...state, progress: progress.get() }, input, new Date())
    progress.set(state.progress)
  }
  const looking = setInterval(() => {
    void engine.readLock().then(
      (lock) => lock && apply(lock),
      (error: unknown) => logger.debug({ error: String(error) }, 'the lock could not be read'),
    )
  }, LOOK_MS)
  try {
    await execute(context, command, { repo, onLine: apply, label: () => (state.facts.completed ? state.facts.label : null) })
  } finally {
    clearInterval(looking)
  }
  return state.facts
}
