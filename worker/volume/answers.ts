/** The supervisor's form: `key=value` lines. */
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 50

export function toLines(values: Record<string, string>): string {
  return Object.entries(values).map(([key, value]) => `${key}=${value}\n`).join('')
}

export function fromLines(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/^([a-z]+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]))
}

/** Null where there is no such file. */
export async function readLines(file: string): Promise<Record<string, string> | null> {
  try {
    return fromLines(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** The answer to this job, or null when none came in time. An older one, to another job, is none. */
export async function awaitAnswer(file: string, job: string, patienceMs: number): Promise<Record<string, string> | null> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(POLL_MS)) {
    const answer = await readLines(file)
    if (answer?.job === job) return answer
    if (Date.now() > deadline) return null
  }
}
