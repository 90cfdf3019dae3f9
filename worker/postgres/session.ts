import { Client } from 'pg'
import { logger } from '@/lib/logger'

const CONNECT_MS = 5_000

/** One short session with the shop, as its superuser. Throws what the driver throws when the shop does not answer. */
export async function withShop<T>(connectionString: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_MS, application_name: 'salespider-backup worker' })
  client.on('error', (error) => logger.debug({ error: error.message }, 'shop database: the connection was lost'))
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch((error: Error) => logger.debug({ error: error.message }, 'shop database: closing failed'))
  }
}
