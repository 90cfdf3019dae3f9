/** LISTEN for new jobs: a hint that saves up to two seconds. The worker's own beat does without it. */
import { Client } from 'pg'
import { JOB_CHANNEL } from '@/lib/jobs/mutations'
import { lanes } from '@/lib/jobs/rules'
import type { JobLane } from '@/lib/jobs/schema'
import { logger } from '@/lib/logger'

const RETRY_MS = 2_000

export type Notifications = { stop(): Promise<void> }

export function listenForJobs(url: string, stanza: string, wake: (lanes: readonly JobLane[]) => void): Notifications {
  let client: Client | null = null
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function open(): Promise<void> {
    const opened = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true })
    opened.on('error', (error) => logger.debug({ error: error.message }, 'LISTEN connection lost'))
    opened.on('end', retry)
    opened.on('notification', ({ payload }) => {
      const [lane, announced] = payload?.split(' ') ?? []
      if (announced === stanza) wake(lanes.filter((known) => known === lane))
    })
    try {
      await opened.connect()
      await opened.query(`LISTEN ${JOB_CHANNEL}`)
      client = opened
      wake(lanes)
    } catch (error) {
      logger.debug({ error: String(error) }, 'LISTEN is not possible now')
      await opened.end().catch(() => undefined)
      retry()
    }
  }

  function retry(): void {
    client = null
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void open(), RETRY_MS)
  }

  void open()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
