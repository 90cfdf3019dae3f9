import { getClusterSummary } from '@/lib/cluster/data'
import type { Db } from '@/lib/db'
import { readJobTail } from '../data'
import { exclusiveKinds, laneOf } from '../rules'
import { type JobTail, type QueuePlace, type TailJob, jobTailSchema } from './schema'

/** The job with its log after `after`; null for a job this stanza does not have. */
export async function readTail(
  db: Db,
  stanza: string,
  id: bigint,
  after: number,
  now: Date,
  limit?: number,
): Promise<JobTail | null> {
  const tail = await readJobTail(db, id, after, now, limit)
  if (tail?.job.stanza !== stanza) return null
  const queue = tail.job.status === 'QUEUED' ? await findQueuePlace(db, stanza, tail.job, now) : null
  return jobTailSchema.parse({ ...tail, queue })
}

async function findQueuePlace(
  db: Db,
  stanzaName: string,
  { id, kind }: Pick<TailJob, 'id' | 'kind'>,
  now: Date,
): Promise<QueuePlace> {
  const lane = laneOf(kind)
  const [ahead, running, { workerSeenAt, workerAlive }] = await Promise.all([
    db.job.count({ where: { stanzaName, lane, status: 'QUEUED', id: { lt: BigInt(id) } } }),
    db.job.findFirst({
      where: { stanzaName, status: 'RUNNING', OR: [{ lane }, { kind: { in: [...exclusiveKinds] } }] },
      orderBy: { id: 'asc' },
      select: { id: true },
    }),
    getClusterSummary(db, stanzaName, now),
  ])
  return { ahead, running: running?.id.toString() ?? null, worker: workerSeenAt && { seenAt: workerSeenAt, alive: workerAlive } }
}

const CHUNK = 5_000

/** The whole log in pgBackRest's own form, as it was written; times are UTC. Null for a job this stanza does not have. */
export async function openLog(db: Db, stanza: string, id: bigint): Promise<ReadableStream<Uint8Array> | null> {
  const job = await db.job.findUnique({ where: { id }, select: { stanzaName: true } })
  if (job?.stanzaName !== stanza) return null
  const encoder = new TextEncoder()
  let after = -1
  return new ReadableStream({
    async pull(controller) {
      const events = await db.jobEvent.findMany({
        where: { jobId: id, seq: { gt: after } },
        orderBy: { seq: 'asc' },
        take: CHUNK,
      })
      after = events.at(-1)?.seq ?? after
      if (events.length > 0) controller.enqueue(encoder.encode(events.map(toLogText).join('')))
      if (events.length < CHUNK) controller.close()
    },
  })
}

function toLogText({
  at,
  source,
  level,
  process,
  message,
}: {
  at: Date
  source: string
  level: string
  process: string | null
  message: string
}): string {
  const time = at.toISOString().replace('T', ' ').replace('Z', '')
  return `${time} ${process ?? (source === 'pgbackrest' ? '   ' : source)} ${level.toUpperCase().padStart(6)}: ${message}\n`
}
