import { closeSync, openSync } from 'node:fs'

const TERMINAL_POLL_MS = 2_000

/** Aborted when we are asked to stop: no further step begins, and the program of the current one ends. */
export const stopping = new AbortController()

export function stopWhenAsked(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  process.stdout.on('error', () => stopping.abort())
  if (hasTerminal()) setInterval(() => hasTerminal() || stopping.abort(), TERMINAL_POLL_MS).unref()
}

/** The end of a terminal is told to the leader of its session alone. Where that is make, it passes nothing on. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}

export function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.signal.aborted) resolve()
    else stopping.signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
