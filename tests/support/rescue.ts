/** A rehearsal and a shop as two databases of one cluster: what happened to the shop since is told in SQL. */
import { Client } from 'pg'
import { finishJob, claimNextJob } from '@/lib/jobs/lease'
import type { JobFailure, JobKind, JobProgress, JobResult, RequestOf } from '@/lib/jobs/schema'
import { enterPhase } from '@/lib/jobs/rules'
import type { RescuePlan, RowChoice } from '@/lib/restore/rescue/schema'
import { type JobContext, JobFailed } from '@/worker/context'
import { undoRescue } from '@/worker/handlers/rescue'
import { planRescue, rescueRows } from '@/worker/rescue/rescue'
import { type TestControl, startControl } from './control'

export type Shop = Awaited<ReturnType<ReturnType<typeof openShops>['open']>>
type Rescue = Extract<JobResult, { kind: 'rescue' }>

const WORKER = { id: 'worker', name: 'test' }
export const EMAIL = 'ada@okafor.example'

export async function startShops() {
  return openShops(await startControl())
}

function openShops(control: TestControl) {
  let clients: Client[] = []
  let count = 0
  const urlOf = (database: string) => control.postgres.url.replace(/postgres$/, database)

  async function connect(database: string): Promise<Client> {
    const client = new Client(urlOf(database))
    client.on('error', () => undefined)
    await client.connect()
    clients.push(client)
    return client
  }

  /** Of the shops before: a test has one at a time. */
  async function close(): Promise<void> {
    for (const client of clients) await client.end().catch(() => undefined)
    clients = []
  }

  async function contextOf<K extends JobKind>(request: RequestOf<K>, shopUrl: string, options: Partial<JobContext> = {}): Promise<JobContext<K>> {
    await control.enqueue({ request })
    const job = await claimNextJob(control.db, control.stanza, 'cluster', WORKER)
    if (!job) throw new Error('the lane is not free')
    return toContext(control, job as JobContext<K>['job'], shopUrl, options)
  }

  return {
    control, urlOf, contextOf,
    /** `before` makes the rehearsal; `since` is what happened to the shop afterwards, statement by statement. */
    async open(before: string, since = '') {
      await close()
      const names = { then: `then_${++count}`, now: `now_${count}` }
      const admin = await connect('postgres')
      await admin.query(`CREATE DATABASE ${names.then}`)
      const then = new Client(urlOf(names.then))
      await then.connect()
      await then.query(before)
      await then.end()
      await admin.query(`CREATE DATABASE ${names.now} TEMPLATE ${names.then}`)
      const now = await connect(names.now)
      if (since) await now.query(since)
      return shopOf({ control, contextOf, now, thenUrl: urlOf(names.then), nowUrl: urlOf(names.now), then: await connect(names.then) })
    },
    async stop() {
      await close()
      await control.stop()
    },
  }
}

export function toContext<K extends JobKind>(
  { db, stanza }: TestControl, job: JobContext<K>['job'], shopUrl: string, options: Partial<JobContext> = {},
): JobContext<K> {
  let progress: JobProgress = { steps: [] }
  return {
    db, id: WORKER.id, job, env: { stanza, shopUrl }, signal: new AbortController().signal, seal: () => undefined, remark: () => undefined,
    progress: {
      get: () => progress,
      set: (next: JobProgress) => (progress = next),
      enter: (phase: 'rescue', detail?: string) => (progress = enterPhase(progress, phase, new Date(), detail)),
    },
    ...options,
  } as unknown as JobContext<K>
}

type Made = {
  control: TestControl
  contextOf: ReturnType<typeof openShops>['contextOf']
  then: Client
  now: Client
  thenUrl: string
  nowUrl: string
}

function shopOf({ control: { db }, contextOf, then, now, thenUrl, nowUrl }: Made) {
  /** As the worker ends it. */
  async function end<K extends JobKind, R extends JobResult>(context: JobContext<K>, work: Promise<R>): Promise<R | JobFailure> {
    try {
      const result = await work
      await finishJob(db, context.job.id, WORKER.id, { status: 'SUCCEEDED', result })
      return result
    } catch (error) {
      const failure = error instanceof JobFailed ? error.failure : { code: 'internal' as const, detail: String(error) }
      await finishJob(db, context.job.id, WORKER.id, { status: 'FAILED', failure })
      if (failure.code === 'internal') throw error
      return failure
    }
  }

  async function rescue(choice: RowChoice[], options: Partial<JobContext> = {}): Promise<{ job: bigint; done: Rescue | JobFailure }> {
    const context = await contextOf({ kind: 'rescue', rehearsal: 'r1', rows: choice }, nowUrl, options)
    const asker = { email: EMAIL, metadata: { by: 'salespider-backups', job: context.job.id.toString(), rescuedFrom: '2026-11-24T13:03:21Z' } }
    const done = await end(context, rescueRows({ context, then: { connectionString: thenUrl }, choice }, asker, async ({ shop, steps, written }) =>
      shop.commit({ kind: 'rescue' as const, rehearsal: 'r1', transaction: await shop.xid(), steps, written })))
    return { job: context.job.id, done }
  }

  return {
    then, now, thenUrl, nowUrl,
    async plan(choice: RowChoice[]): Promise<RescuePlan> {
      const context = await contextOf({ kind: 'plan-rescue', rehearsal: 'r1', rows: choice }, nowUrl)
      const done = await end(context, planRescue({ context, then: { connectionString: thenUrl }, choice })
        .then((outcome) => ({ kind: 'plan-rescue' as const, rehearsal: 'r1', outcome })))
      if (!('outcome' in done)) throw new Error(JSON.stringify(done))
      return done.outcome
    },
    async rescue(choice: RowChoice[], options: Partial<JobContext> = {}): Promise<{ job: bigint; result: Rescue }> {
      const { job, done } = await rescue(choice, options)
      if (!('kind' in done)) throw new Error(`job ${job}: ${JSON.stringify(done)}`)
      return { job, result: done }
    },
    async refused(choice: RowChoice[]): Promise<JobFailure> {
      const { done } = await rescue(choice)
      if ('kind' in done) throw new Error('it was not refused')
      return done
    },
    async undo(rescue: bigint): Promise<JobFailure & Partial<Extract<JobResult, { kind: 'undo-rescue' }>>> {
      const context = await contextOf({ kind: 'undo-rescue', rescue: rescue.toString() }, nowUrl)
      return (await end(context, undoRescue(context))) as JobFailure
    },
    async ask(sql: string): Promise<Record<string, unknown>[]> {
      return (await now.query(sql)).rows
    },
    /** Every row of a table as text, on both sides. */
    async rows(table: string): Promise<{ then: string[]; now: string[] }> {
      const sql = `SELECT ROW(t.*)::text AS row FROM ${table} t ORDER BY 1`
      const read = async (client: Client) => (await client.query<{ row: string }>(sql)).rows.map(({ row }) => row)
      return { then: await read(then), now: await read(now) }
    },
  }
}

/** `Product:id=p1`, as on the command line. */
export function row(table: string, key: Record<string, string | number>, schema = 'public'): RowChoice {
  return { schema, table, key: Object.fromEntries(Object.entries(key).map(([name, value]) => [name, String(value)])) }
}
