/** LISTEN for new jobs: a hint that saves up to two seconds. Polling does without it. */
import { Client } from 'pg'
import { JOB_CHANNEL } from '@/lib/jobs/mutations'
import { logger } from '@/lib/logger'

const RETRY_MS = 2_000

export type Notifications = { stop(): Promise<void> }

export function listenForJobs(url: string, stanza: string, wake: () => void): Notifications {
  let client: Client | null = null
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function open(): Promise<void> {
    const opened = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true })
    opened.on('error', (error) => logger.debug({ error: error.message }, 'LISTEN connection lost'))
    opened.on('end', retry)
    opened.on('notification', ({ payload }) => {
      if (payload === stanza) wake()
    })
    try {
      await opened.connect()
      await opened.query(`LISTEN ${JOB_CHANNEL}`)
      client = opened
      wake()
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
