import { Client, type ClientConfig } from 'pg'
import { logger } from '@/lib/logger'

const CONNECT_MS = 5_000

/** One short session with a server. Throws what the driver throws when it does not answer. */
export async function withSession<T>(config: ClientConfig, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...config, connectionTimeoutMillis: CONNECT_MS, application_name: 'salespider-backup worker' })
  client.on('error', (error) => logger.debug({ error: error.message }, 'database: the connection was lost'))
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch((error: Error) => logger.debug({ error: error.message }, 'database: closing failed'))
  }
}

/** With the shop, as its superuser. */
export function withShop<T>(connectionString: string, use: (client: Client) => Promise<T>): Promise<T> {
  return withSession({ connectionString }, use)
}
