import { readClock } from '@/lib/restore/clock/data'
import { recordRestorePoint } from '@/lib/restore/clock/mutations'
import { parseLsn } from '@/lib/restore/wal/rules'
import { type Handler, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'
import { LIVE_TIMELINE } from '../postgres/live-timeline'
import { withShop } from '../postgres/session'

const CREATE = `
  SELECT pg_create_restore_point($1)::text AS lsn, date_trunc('milliseconds', clock_timestamp()) AS at,
    ${LIVE_TIMELINE} AS timeline`

type Created = { lsn: string; at: Date; timeline: number }

/** Names the current position in the shop's WAL, and closes the segment it lies in so that it is archived soon. */
export const restorePoint: Handler<'restore-point'> = async (context) => {
  const { db, env, job, signal, progress } = context
  const { name } = job.request
  progress.enter('mark')
  const known = await untilControlAnswers(() => readClock(db, env.stanza).point(name), signal)
  if (known) throw new JobFailed({ code: 'restore-point-exists', params: { name } })
  const { lsn, at, timeline } = await createPoint(env.shopUrl, name)
  const row = { name, timeline, lsn: parseLsn(lsn), at, actorName: job.actorName, jobId: job.id }
  await untilControlAnswers(() => recordRestorePoint(db, env.stanza, row), signal)
  context.remark(`restore point at ${lsn} on timeline ${timeline}`)
  return { kind: 'restore-point', name, lsn, timeline, at: at.toISOString() }
}

async function createPoint(shopUrl: string, name: string): Promise<Created> {
  try {
    return await withShop(shopUrl, async (client) => {
      const { rows } = await client.query<Created>(CREATE, [name])
      await client.query('SELECT pg_switch_wal()')
      return rows[0] as Created
    })
  } catch (error) {
    throw toFailure(error)
  }
}

/** PostgreSQL's codes: 55000 in recovery, class 28 and 53300 for who may not connect, 57P.. while it starts or stops. */
function toFailure(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const reason = error.message
  if (code === '55000') return new JobFailed({ code: 'database-in-recovery', detail: reason })
  if (/^28|^53300/.test(code)) return new JobFailed({ code: 'database-refused', detail: reason, params: { reason } })
  const isAnswer = /^[0-9FHPX][0-9A-Z]{4}$/.test(code) && !/^57P|^08/.test(code)
  if (!isAnswer) return new JobFailed({ code: 'database-down', detail: reason })
  return new JobFailed({ code: 'database-query', detail: reason, params: { reason } })
}
