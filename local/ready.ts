/** Waits until a program that was started does its work. */
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import type { Child } from './children'
import { StepFailed, endOfLog } from './steps'
import { stopping } from './stopping'

const POLL_MS = 100

/** Fails when one of the programs ends instead, or after a while; `logs` are where the reason would be. */
export async function untilReady(
  children: Child[],
  logs: string[],
  timeoutMs: number,
  isReady: () => Promise<boolean>,
): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await isReady()); await sleep(POLL_MS)) {
    stopping.signal.throwIfAborted()
    const ended = children.find((child) => child.hasEnded())
    if (ended) throw new StepFailed(`${ended.name} ended at once. The end of its log:\n\n${endOfLog(ended.log)}`)
    if (Date.now() > deadline) {
      throw new StepFailed(`Not ready after ${timeoutMs / 1_000} s.\n\n${logs.map(endOfLog).join('\n\n')}`)
    }
  }
}

export type Server = { bin: string; port: number; socketDirectory: string }

export async function acceptsConnections({ bin, port, socketDirectory }: Server): Promise<boolean> {
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
