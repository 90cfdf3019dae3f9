/** A read-only session with one side: one snapshot, gentle settings, nothing that outlives its time. */
import { Client, type ClientConfig, DatabaseError } from 'pg'
import { logger } from '@/lib/logger'
import type { FailureCode } from '@/lib/jobs/schema'
import { JobFailed } from '../context'
import type { Side } from './sides'

const CONNECT_MS = 10_000
/** The server's own timeout is set again when this much of the time is gone */
const REARM_MS = 5_000

/**
 * The same text for the same value on both sides; names that only the catalog defines; no more than one core of the shop,
 * a little memory, and no end of temporary files. A worker that dies must not leave a query behind.
 */
const SETTINGS = {
  search_path: 'pg_catalog', row_security: 'off', quote_all_identifiers: 'off',
  TimeZone: 'UTC', DateStyle: 'ISO', IntervalStyle: 'postgres', extra_float_digits: '1', bytea_output: 'hex', xmlbinary: 'base64',
  lc_monetary: 'C', max_parallel_workers_per_gather: '0', jit: 'off', work_mem: '16MB', temp_file_limit: '1GB',
  lock_timeout: '2s', idle_in_transaction_session_timeout: '0', transaction_timeout: '0', client_connection_check_interval: '5s',
}
/** Not every version has all of them. */
const CONFIGURE = `
  SELECT set_config(s.name, v.value, false)
  FROM pg_catalog.jsonb_each_text($1) v JOIN pg_catalog.pg_settings s ON s.name = v.key`

const LOST: Record<Side, { connect: FailureCode; query: FailureCode }> = {
  then: { connect: 'rehearsal-broken', query: 'rehearsal-broken' },
  now: { connect: 'database-down', query: 'database-interrupted' },
}

/** The time that a part of the comparison was given has passed. */
export class TimeIsUp extends Error {}

export type Row = unknown[]
export type Session = Awaited<ReturnType<typeof openSession>>

/** Throws JobFailed when the side does not answer, now or later. */
export async function openSession(side: Side, config: ClientConfig, signal: AbortSignal) {
  const options = { ...config, connectionTimeoutMillis: CONNECT_MS, application_name: 'salespider-backup compare' }
  const client = new Client(options)
  client.on('error', (error) => logger.warn({ side, error: error.message }, 'comparison: the connection was lost'))
  const cancel = () => void cancelQuery(options, pid)
  let limit = Number.POSITIVE_INFINITY
  let armed = Number.POSITIVE_INFINITY
  let pid = 0

  async function send<R extends Row>(text: string, values?: unknown[]): Promise<R[]> {
    try {
      return (await client.query<R>({ text, values, rowMode: 'array' })).rows
    } catch (error) {
      if (isAnswer(error) || signal.aborted) throw error
      throw new JobFailed({ code: LOST[side].query, detail: error instanceof Error ? error.message : String(error) })
    }
  }

  async function arm(): Promise<void> {
    if (limit === Number.POSITIVE_INFINITY) return
    const left = limit - Date.now()
    if (left <= 0) throw new TimeIsUp('out of time')
    if (left > armed - REARM_MS) return
    armed = left
    await send(`SET LOCAL statement_timeout = ${Math.ceil(left)}`)
  }

  await client.connect().catch((error: Error) => {
    throw new JobFailed({ code: LOST[side].connect, detail: error.message })
  })
  await send(CONFIGURE, [SETTINGS])
  await send('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  // The first query takes the snapshot: outside the savepoints, so that all of them see the same.
  pid = (await send<[number]>('SELECT pg_backend_pid()'))[0]?.[0] ?? 0
  signal.addEventListener('abort', cancel, { once: true })

  return {
    side, signal, host: client.host, port: client.port, user: client.user, database: client.database, password: client.password,
    /** Columns by position. Throws TimeIsUp, DatabaseError, JobFailed, or the signal's reason. */
    async query<R extends Row>(text: string, values?: unknown[]): Promise<R[]> {
      signal.throwIfAborted()
      await arm()
      return send<R>(text, values)
    },
    /** What `work` reads ends after `ms`, and with it its locks: a shop that alters a table must not wait for the whole. */
    async within<T>(ms: number, work: () => Promise<T>): Promise<T> {
      signal.throwIfAborted()
      await send('SAVEPOINT part')
      limit = Date.now() + ms
      armed = Number.POSITIVE_INFINITY
      try {
        return await work()
      } finally {
        limit = Number.POSITIVE_INFINITY
        if (!signal.aborted) await send('ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part')
      }
    },
    async close(): Promise<void> {
      signal.removeEventListener('abort', cancel)
      await client.end().catch((error: Error) => logger.debug({ side, error: error.message }, 'comparison: closing failed'))
    },
  }
}

/** What the server says of a query, unlike the loss of the server. */
function isAnswer(error: unknown): boolean {
  return error instanceof DatabaseError && !/^57P/.test(error.code ?? '')
}

async function cancelQuery(config: ClientConfig, pid: number): Promise<void> {
  const client = new Client(config)
  client.on('error', (error) => logger.debug({ error: error.message }, 'comparison: the cancelling connection was lost'))
  try {
    await client.connect()
    await client.query('SELECT pg_cancel_backend($1)', [pid])
  } catch (error) {
    logger.warn({ error: String(error) }, 'comparison: its query could not be cancelled, and ends by its timeout')
  } finally {
    await client.end().catch((error: Error) => logger.debug({ error: error.message }, 'comparison: closing failed'))
  }
}
