import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient, type Prisma } from '@/lib/generated/prisma/client'
import { logger } from '@/lib/logger'

export type Db = PrismaClient
/** A transaction, or the client itself where no transaction is needed. */
export type Tx = Prisma.TransactionClient

/**
 * Opens a client of the control database. A restart of that database ends idle connections: the pool reports it here
 * and opens new ones, nobody dies of it.
 */
export function openDb(url: string, poolSize = 10): Db {
  const adapter = new PrismaPg(
    { connectionString: url, max: poolSize, connectionTimeoutMillis: 5_000, application_name: 'salespider-backups' },
    {
      onPoolError: (error) => logger.warn({ error: error.message }, 'control database: an idle connection was lost'),
      onConnectionError: (error) => logger.warn({ error: error.message }, 'control database: a connection was lost'),
    },
  )
  return new PrismaClient({ adapter })
}
