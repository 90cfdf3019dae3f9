import { Client } from 'pg'

/** Who a connection string signs in as, and into which database; the driver knows all its forms. */
export function accessOf(url: string): { user: string; database: string } {
  const client = new Client(url)
  client.on('error', () => undefined)
  return { user: client.user ?? 'postgres', database: client.database ?? 'postgres' }
}
