import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '@/lib/generated/prisma/client'
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

/**
 * Several small reads as one statement, in one snapshot: each is a query whose rows come back under its name. They travel as
 * JSON: columns named …At are Dates again, numbers are numbers whatever their size, other columns as `to_json` has them.
 */
export async function readTogether<Rows extends Record<string, object>>(
  db: Db | Tx, queries: { [Name in keyof Rows & string]: Prisma.Sql },
): Promise<{ [Name in keyof Rows]: Rows[Name][] }> {
  const lists = Object.entries<Prisma.Sql>(queries).map(([name, query]) =>
    Prisma.sql`(SELECT json_agg(r) FROM (${query}) AS r) AS ${Prisma.raw(`"${name}"`)}`)
  const [found = {}] = await db.$queryRaw<Record<string, Record<string, unknown>[] | null>[]>`SELECT ${Prisma.join(lists)}`
  return Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, (rows ?? []).map(withDates)])) as
    { [Name in keyof Rows]: Rows[Name][] }
}

function withDates(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) if (name.endsWith('At') && typeof value === 'string') row[name] = new Date(value)
  return row
}
