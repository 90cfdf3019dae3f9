/** The worker's side of the switch: a request for the supervisor, and its answer. See docker/supervisor. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { clusterIdSchema } from '@/lib/restore/schema'
import { awaitAnswer, readLines, toLines } from './answers'
import { writeDurably } from './durable'

const requestSchema = z.object({
  job: z.string().regex(/^\d+$/),
  from: clusterIdSchema,
  to: clusterIdSchema,
  systemid: z.string().regex(/^\d+$/),
  /** Where the cluster was shut down: the proof that nobody has opened it since */
  checkpoint: z.string().regex(/^[0-9A-F]+\/[0-9A-F]+$/),
})
export type SwitchRequest = z.input<typeof requestSchema>

const resultSchema = z.object({
  job: z.string(),
  outcome: z.enum(['done', 'not-done', 'rolled-back', 'refused']),
  /** The cluster that `data` leads to now */
  now: z.string(),
  why: z.string(),
})
export type SwitchResult = z.infer<typeof resultSchema>

const ALIVE_MS = 5_000
const request = (volume: string) => path.join(volume, 'switch.request')
const result = (volume: string) => path.join(volume, 'switch.result')

/** Whether somebody would answer: the supervisor touches its file at every tick. */
export async function isSupervised(volume: string): Promise<boolean> {
  const alive = await stat(path.join(volume, 'supervisor.alive')).catch(() => null)
  return alive !== null && Date.now() - alive.mtimeMs < ALIVE_MS
}

export async function writeSwitchRequest(volume: string, values: SwitchRequest): Promise<void> {
  await writeDurably(request(volume), toLines(requestSchema.parse(values)))
}

export async function hasSwitchRequest(volume: string, job: string): Promise<boolean> {
  return (await readLines(request(volume)))?.job === job
}

/** Null where the supervisor has not answered this job. */
export async function readSwitchResult(volume: string, job: string): Promise<SwitchResult | null> {
  const answer = await readLines(result(volume))
  return answer?.job === job ? resultSchema.parse(answer) : null
}

export async function awaitSwitchResult(volume: string, { job, patienceMs }: { job: string; patienceMs: number }): Promise<SwitchResult | null> {
  const answer = await awaitAnswer(result(volume), job, patienceMs)
  return answer && resultSchema.parse(answer)
}
