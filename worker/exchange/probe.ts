/** Watches from outside, as a till would: a new connection again and again, until one is answered. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

const PAUSE_MS = 10
const TIMEOUT_MS = 1_000

export type Probe = {
  /** Waits until the shop answers (at most `patienceMs`), and tells for how long nobody was served; null when it never answered. */
  finish(patienceMs: number): Promise<number | null>
}

export function startProbe(url: string): Probe {
  let stopped = false
  let lastAnswer: number | null = null
  let failedSince: number | null = null
  let downtime = 0

  async function watch(): Promise<void> {
    while (!stopped) {
      const answered = await isAnswered(url)
      const now = performance.now()
      if (answered) {
        if (failedSince !== null) downtime += now - failedSince
        failedSince = null
        lastAnswer = now
      } else failedSince ??= lastAnswer ?? now
      await sleep(PAUSE_MS)
    }
  }

  const watching = watch()

  return {
    async finish(patienceMs) {
      const deadline = performance.now() + patienceMs
      // One answer more than the one that may have been on its way when the shop went.
      const seen = lastAnswer
      while (performance.now() < deadline && (failedSince !== null || lastAnswer === seen)) await sleep(PAUSE_MS)
      stopped = true
      await watching
      return failedSince === null ? Math.round(downtime) : null
    },
  }
}

async function isAnswered(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS, application_name: 'salespider-backup probe' })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ served: boolean }>('SELECT NOT pg_is_in_recovery() AS served')
    return rows[0]?.served ?? false
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
