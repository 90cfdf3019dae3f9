/** Waits until a program that was started does its work. */
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import type { Child } from './children'
import { StepFailed, endOfLog } from './steps'
import { stopping } from './stopping'

const POLL_MS = 100

/** Fails when the program ends instead, or takes too long; `log` is where its reason would be. */
export async function untilReady(child: Child, log: string, timeoutMs: number, isReady: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await isReady()); await sleep(POLL_MS)) {
    stopping.signal.throwIfAborted()
    if (child.hasEnded()) throw new StepFailed(`It ended at once. The end of its log:\n\n${endOfLog(child.log)}`)
    if (Date.now() > deadline) throw new StepFailed(`It does not answer. The end of its log:\n\n${endOfLog(log)}`)
  }
}

export async function acceptsConnections(bin: string, socketDirectory: string, port: number): Promise<boolean> {
  const { exitCode } = await execa(`${bin}/pg_isready`, ['-q', '-h', socketDirectory, '-p', String(port)], { reject: false })
  return exitCode === 0
}

/** The dashboard with a control database and a worker: its health check says 200. */
export async function isHealthy(dashboardUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${dashboardUrl}/api/health`)).ok
  } catch {
    return false
  }
}
