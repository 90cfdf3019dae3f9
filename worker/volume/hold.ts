/** The supervisor stops PostgreSQL and keeps it stopped, while a restore writes over it. See docker/supervisor. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { JobFailed } from '../context'
import { awaitAnswer, toLines } from './answers'
import { removeDurably, writeDurably } from './durable'

/** The supervisor itself gives up a stop after a minute. */
const PATIENCE_MS = 180_000
const request = (volume: string) => path.join(volume, 'hold.request')
const result = (volume: string) => path.join(volume, 'hold.result')

export async function isHeld(volume: string): Promise<boolean> {
  return existsSync(request(volume))
}

/** Throws JobFailed when PostgreSQL does not stop; then it runs on. A hold of an earlier job is taken over, and stays in any case. */
export async function hold(volume: string, job: string): Promise<void> {
  const wasHeld = await isHeld(volume)
  await writeDurably(request(volume), toLines({ job }))
  const answer = await awaitAnswer(result(volume), job, PATIENCE_MS)
  if (answer?.outcome === 'held') return
  if (!wasHeld) await release(volume)
  throw new JobFailed(answer
    ? { code: 'switch-refused', detail: answer.why, params: { why: answer.why ?? '' } }
    : { code: 'switch-stuck', params: { path: volume } })
}

/** PostgreSQL is started again. */
export async function release(volume: string): Promise<void> {
  await removeDurably(request(volume))
}
