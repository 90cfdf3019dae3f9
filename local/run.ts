/** Runs one program to its end, with its output in a log. */
import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { execa } from 'execa'
import { StepFailed, endOfLog } from './steps'
import { stopping } from './stopping'

type RunOptions = {
  log: string
  /** Beside the caller's */
  env?: Record<string, string>
  input?: string
  cwd?: string
}

/** Its stdout. Throws StepFailed with the end of the log when the program does not end well. */
export async function run(command: string[], { log, env, input, cwd }: RunOptions): Promise<string> {
  const [program = '', ...args] = command
  const { failed, exitCode, shortMessage, stdout } = await execa(program, args, {
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    stdout: ['pipe', { file: log, append: true }],
    stderr: { file: log, append: true },
    cwd,
    env: { NO_COLOR: '1', FORCE_COLOR: '0', ...env },
    reject: false,
    cancelSignal: stopping.signal,
  })
  if (!failed) return stdout
  const name = path.basename(command.includes('--') ? (command[command.indexOf('--') + 1] ?? program) : program)
  if (exitCode === undefined) appendFileSync(log, `${shortMessage}\n`)
  const how = exitCode === undefined ? 'did not run to its end' : `ended with code ${exitCode}`
  throw new StepFailed(`${name} ${how}. The end of its log:\n\n${endOfLog(log)}`)
}
