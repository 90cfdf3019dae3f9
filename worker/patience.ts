import { isDatabaseAway } from '@/lib/database-error'
import { logger } from '@/lib/logger'

const RETRY_MS = 1_000

/**
 * Tries until the control database answers: its absence is no reason to fail a backup that went well. Without a signal it never
 * gives up: what was done to the shop has to be written down.
 */
export async function untilControlAnswers<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isDatabaseAway(error) || signal?.aborted) throw error
      logger.warn({ error: String(error) }, 'the control database is away, waiting for it')
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}
