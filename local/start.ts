/** `make start`: runs the shop and its backups in the foreground, and stops them in order, the shop's database last. */
import { bringUp } from './bring-up'
import type { Child } from './children'
import { prepare } from './prepare'
import type { Installation } from './services'
import { readSettings } from './settings'
import { StepFailed, say, step } from './steps'
import { stopWhenAsked, stopping, untilAsked } from './stopping'

const INTERRUPTED = 130

async function main(): Promise<number> {
  const children: Child[] = []
  try {
    const installation = prepare(readSettings())
    await bringUp(installation, children)
    welcome(installation)
    await untilAsked()
    return 0
  } catch (error) {
    if (stopping.signal.aborted) return INTERRUPTED
    explain(error)
    return 1
  } finally {
    await stopAll(children)
  }
}

function welcome({ env, paths, settings }: Installation): void {
  say(`
  Dashboard   ${env.DASHBOARD_URL}
  Email       ${env.SUPER_ADMIN_EMAIL}
  Password    ${env.SUPER_ADMIN_PASSWORD}

  The shop's database is on port ${settings.POSTGRES_PORT}, the control database on ${settings.CONTROL_PORT}.
  Scripts source ${paths.env}; logs are in ${paths.log}
  Ctrl-C stops all of it.
`)
}

function explain(error: unknown): void {
  const known = error instanceof StepFailed
  process.stderr.write(`\n${known ? error.message : error instanceof Error ? error.stack : String(error)}\n\n`)
}

/** The last started first, so that nothing loses what it works with. */
async function stopAll(children: Child[]): Promise<void> {
  if (children.length > 0) say('\nStopping\n')
  for (const child of children.toReversed()) await step(child.name, () => child.stop())
}

stopWhenAsked()
process.exit(await main())
