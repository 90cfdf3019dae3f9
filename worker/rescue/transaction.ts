/** One transaction in the running shop: no till waits for it for long, and whether it was committed can always be told. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { isDatabaseAway } from '@/lib/database-error'
import { prepareJob } from '@/lib/jobs/lease'
import type { JobResult } from '@/lib/jobs/schema'
import { type JobContext, JobFailed } from '../context'
import { withShop } from '../postgres/session'
import { readTables } from './catalog'
import { isAnswer, shopFailure } from './failure'
import { type Side, TEXT_SETTINGS, askWith, configure } from './sides'

const SETTINGS = {
  ...TEXT_SETTINGS,
  lock_timeout: '1s', statement_timeout: '10s', idle_in_transaction_session_timeout: '20s',
  client_connection_check_interval: '1s',
}
const ONE_AT_A_TIME = `SELECT pg_try_advisory_xact_lock(hashtextextended('salespider-backup rescue', 0))`
const XID = 'SELECT pg_current_xact_id()'
const STATUS = 'SELECT pg_xact_status($1::xid8) AS status'
const POLL_MS = 500
const PATIENCE_MS = 60_000
/** PostgreSQL says so of a transaction that a crash has forgotten */
const IN_THE_FUTURE = '22023'

type Changes = Extract<JobResult, { transaction: string }>
export type Transaction = Side & {
  /** Its number, which the result keeps */
  xid(): Promise<string>
  /** Once this has returned it is done. Throws when it is not, or when that is not known. */
  commit<R extends Changes>(result: R): Promise<R>
}

/** What `work` does not commit is rolled back. Throws JobFailed, or the signal's reason. */
export async function inShop<T>(context: JobContext, work: (shop: Transaction) => Promise<T>): Promise<T> {
  let isOpen = false
  try {
    return await withShop(context.env.shopUrl, async (client) => {
      isOpen = true
      const ask = askWith(client, 'database-interrupted')
      await configure(ask, SETTINGS)
      await ask('BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE')
      const [[isFree] = []] = await ask(ONE_AT_A_TIME)
      if (isFree !== 't') throw new JobFailed({ code: 'rescue-busy', detail: 'another rescue is at work' })
      const tables = await readTables(ask)
      const xid = async () => (await ask(XID))[0]?.[0] ?? ''
      return work({ ask, tables, xid, commit: (result) => commit(context, client, result) })
    })
  } catch (error) {
    if (isOpen || error instanceof JobFailed) throw shopFailure(error)
    throw new JobFailed({ code: 'database-down', detail: error instanceof Error ? error.message : String(error) })
  }
}

/** The control database knows the result before the shop has it: then a worker that dies in between leaves no doubt. */
async function commit<R extends Changes>(context: JobContext, client: Client, result: R): Promise<R> {
  const { db, job, id } = context
  const isHeld = await prepareJob(db, job.id, id, result).catch((error: unknown) => {
    if (isDatabaseAway(error)) return false
    throw error
  })
  if (!isHeld) throw new JobFailed({ code: 'lease-lost' })
  context.seal()
  try {
    await client.query('COMMIT')
  } catch (error) {
    if (isAnswer(error)) throw error
    if (!(await isCommitted(context.env.shopUrl, result.transaction))) throw new JobFailed({ code: 'database-interrupted' })
  }
  return result
}

/** Asks until PostgreSQL knows. Throws JobFailed when it does not come to that. */
export async function isCommitted(shopUrl: string, xid: string): Promise<boolean> {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(POLL_MS)) {
    const status = await statusOf(shopUrl, xid)
    if (status === 'committed' || status === 'aborted') return status === 'committed'
  }
  throw new JobFailed({ code: 'rescue-unknown' })
}

async function statusOf(shopUrl: string, xid: string): Promise<string | null> {
  try {
    const { rows } = await withShop(shopUrl, (client) => client.query<{ status: string | null }>(STATUS, [xid]))
    return rows[0]?.status ?? null
  } catch (error) {
    return isAnswer(error) && error.code === IN_THE_FUTURE ? 'aborted' : null
  }
}

/** For a job whose worker died. */
export async function resume<K extends Changes['kind']>(context: JobContext<K>): Promise<Extract<Changes, { kind: K }>> {
  const { job, env } = context
  context.seal()
  context.progress.enter('rescue')
  const prepared = job.prepared as Extract<Changes, { kind: K }> | null
  if (!prepared || !(await isCommitted(env.shopUrl, prepared.transaction))) throw new JobFailed({ code: 'worker-lost' })
  context.remark(`taken over from a worker that is gone; PostgreSQL says: transaction ${prepared.transaction} was committed`)
  return prepared
}
