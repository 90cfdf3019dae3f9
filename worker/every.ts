import { logger } from '@/lib/logger'

export type Repeated = { now(): void; stop(): Promise<void> }

/**
 * Runs at once and then again and again, `pauseAfter` what the last run took; never twice at a time. What is asked for
 * during a run comes right after it: that run may have looked too early.
 */
export function every(run: () => Promise<void>, pauseAfter: (took: number) => number, failure: string): Repeated {
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> | null = null
  let again = false
  let stopped = false

  function start(): void {
    clearTimeout(timer)
    if (stopped) return
    if (current) {
      again = true
      return
    }
    const began = Date.now()
    current = run()
      .catch((error: unknown) => logger.warn({ error: String(error) }, failure))
      .finally(() => {
        current = null
        if (!stopped) timer = setTimeout(start, again ? 0 : pauseAfter(Date.now() - began))
        again = false
      })
  }

  start()
  return {
    now: start,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await current
    },
  }
}
