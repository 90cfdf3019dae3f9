import { Client } from 'pg'
import { logger } from '@/lib/logger'

const TIMEOUT_MS = 5_000

export type Connection = {
  /** One piece of work after the other. One that fails takes the connection with it: it may be in the middle of anything. */
  run<T>(work: (client: Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A connection to the shop, opened again when it is lost: a restore cuts every one, and the worker must not die of it. */
export function openConnection(connectionString: string, name: string): Connection {
  let client: Client | null = null
  let last: Promise<unknown> = Promise.resolve()

  async function open(): Promise<Client> {
    const opened = new Client({
      connectionString, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS, application_name: name,
    })
    opened.on('error', (error) => {
      logger.warn({ error: error.message }, 'shop database: the connection was lost')
      if (client === opened) client = null
    })
    await opened.connect()
    return opened
  }

  async function drop(): Promise<void> {
    const dropped = client
    client = null
    await dropped?.end().catch((error: Error) => logger.debug({ error: error.message }, 'shop database: not closed'))
  }

  return {
    run(work) {
      const mine = last.then(async () => {
        client ??= await open()
        return work(client)
      })
      last = mine.catch(drop)
      return mine
    },
    async close() {
      await last
      await drop()
    },
  }
}
