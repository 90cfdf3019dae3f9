/** What `make start` shows: each step's name while it works, then how long it took; of a failed one, why. */
import { existsSync, readFileSync } from 'node:fs'
import { createFormat } from '@/lib/format'
import { stopping } from './stopping'

const NAME_WIDTH = 24
const SHOWN_LINES = 15

const { duration } = createFormat({ timeZone: 'UTC', dateFormat: 'yyyy-MM-dd', timeFormat: 'HH:mm', locale: 'en' })

/** A step that could not be done, for a reason a person can act on. */
export class StepFailed extends Error {}

let isLineOpen = false

/** A line of its own, also while a step's line is not finished. */
export function say(text: string): void {
  process.stdout.write(`${isLineOpen ? '\n' : ''}${text}\n`)
  isLineOpen = false
}

/** Shows `name` while `work` runs; what that returns stands in the place of the duration. */
export async function step(name: string, work: () => Promise<string | void>): Promise<void> {
  const began = performance.now()
  const spent = () => duration(performance.now() - began)
  const head = `  ${name.padEnd(NAME_WIDTH)}`
  const show = (text: string) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${head}${text}`)
    else process.stdout.write(isLineOpen ? text : head + text)
    isLineOpen = true
  }
  show('')
  const clock = process.stdout.isTTY ? setInterval(() => show(spent()), 1_000) : undefined
  const end = (text: string) => {
    clearInterval(clock)
    show(`${text}\n`)
    isLineOpen = false
  }
  try {
    end((await work()) ?? spent())
  } catch (error) {
    end(`${stopping.signal.aborted ? 'stopped' : 'failed'} after ${spent()}`)
    throw error
  }
}

/** The end of a log, for the person who has to find out what went wrong. */
export function endOfLog(log: string): string {
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES) : []
  return [...lines.map((line) => `    | ${line}`), `\n  All of it: ${log}`].join('\n')
}
