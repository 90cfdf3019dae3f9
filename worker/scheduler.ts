/** node-cron only enqueues, through the same door as everybody, with one key a tick: two workers never double one. */
import cron from 'node-cron'
import { listRepositories } from '@/lib/backups/data'
import type { Db } from '@/lib/db'
import { enqueueJob } from '@/lib/jobs/mutations'
import type { BackupType, JobTrigger } from '@/lib/jobs/schema'
import { logger } from '@/lib/logger'
import { type ScheduledType, previousTick } from '@/lib/policy/rules'
import type { Policy } from '@/lib/policy/schema'

/** Most complete first: when two fall on the same minute, or were both missed, the first one is enough. */
const TYPES: readonly ScheduledType[] = ['full', 'diff']
const MINUTE = 60_000

export type Scheduler = { stop(): void }

export function startScheduler(db: Db, stanza: string, policy: Policy): Scheduler {
  const tasks = TYPES.flatMap((type) => {
    const expression = policy.schedules[type]
    if (!expression) return []
    const tick = async ({ date }: { date: Date }) => {
      const at = new Date(Math.floor(date.getTime() / MINUTE) * MINUTE)
      if (isCovered(policy, type, at)) return
      await enqueueTick(db, stanza, type, at, 'schedule')
    }
    return [cron.schedule(expression, (context) => logFailure(tick(context)), { timezone: policy.timeZone })]
  })
  return { stop: () => tasks.forEach((task) => void task.stop()) }
}

async function logFailure(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => logger.error({ error: String(error) }, 'a scheduled backup could not be enqueued; it is caught up later'))
}

/** A differential at the minute of a full would copy nothing. */
function isCovered(policy: Policy, type: ScheduledType, at: Date): boolean {
  return TYPES.slice(0, TYPES.indexOf(type)).some((better) => {
    const expression = policy.schedules[better]
    return expression !== null && previousTick(expression, policy.timeZone, at)?.getTime() === at.getTime()
  })
}

async function enqueueTick(db: Db, stanza: string, type: BackupType, at: Date, trigger: JobTrigger): Promise<void> {
  const repositories = await listRepositories(db, stanza)
  const keys = repositories.length > 0 ? repositories.map(({ key }) => key) : [1]
  for (const repo of keys) {
    await db.$transaction((tx) =>
      enqueueJob(tx, {
        stanza,
        request: { kind: 'backup', type, repo },
        actor: { kind: 'schedule', name: `${type} schedule` },
        trigger,
        dedupeKey: `schedule:${type}:${repo}:${at.toISOString()}`,
      }),
    )
  }
}

/**
 * The newest tick that nobody answered while the worker was away, run once. A tick from before the stanza was known,
 * or from before the schedule was changed, is nobody's; one that a later, at least as complete job has answered is over.
 */
export async function catchUp(db: Db, stanza: string, policy: Policy, now: Date): Promise<void> {
  const { createdAt } = await db.stanza.findUniqueOrThrow({ where: { name: stanza } })
  const since = Math.max(createdAt.getTime(), policy.since ? Date.parse(policy.since) : 0)
  for (const type of TYPES) {
    const expression = policy.schedules[type]
    const at = expression && previousTick(expression, policy.timeZone, now)
    if (!at || at.getTime() <= since || isCovered(policy, type, at)) continue
    const answered = await db.job.findFirst({
      where: { stanzaName: stanza, kind: 'backup', createdAt: { gte: at }, request: { path: ['type'], equals: type } },
      select: { id: true },
    })
    if (answered) continue
    await enqueueTick(db, stanza, type, at, 'catch-up')
    return
  }
}
