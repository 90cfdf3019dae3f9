import type { JobResult } from '@/lib/jobs/schema'
import type { RestorePlan } from '@/lib/restore/schema'
import { type Handler, type JobContext } from '../context'
import { accountOfPlan } from '../exchange/account'
import { type Watched, archiveNewTimeline, requireSupervisor } from '../exchange/exchange'
import { exchangeInPlace, forgetInPlace, isLeftClosed, resumeInPlace } from '../exchange/in-place'
import { enqueueIncrementals } from '../exchange/incrementals'
import { startProbe } from '../exchange/probe'
import { startTally } from '../exchange/tally'
import { isLost } from '../lost-host'
import { untilControlAnswers } from '../patience'
import { requireSpace } from '../rehearsal/disk'
import { refuseTablespaces } from '../rehearsal/tablespaces'
import { liveData, sizeOf } from '../volume/clusters'
import type { ReachedState } from '../volume/in-place'
import { executeBackup } from './execute'
import { planPhase } from './plan'
import { waitForRepositoryLane } from './wait'

const ANSWER_MS = 60_000

type Context = JobContext<'restore-in-place'>

/**
 * Restores over the shop itself, for a disk without room for a second copy: the shop is closed all the while, and there is no
 * undo. A backup is taken before, so that what is lost now can be restored later.
 */
export const restoreInPlace: Handler<'restore-in-place'> = async (context) => {
  const { job, env, engine, progress } = context
  if (job.isAdopted) {
    context.seal()
    return conclude(context, await resumeInPlace(context), { downtimeMs: null, counted: null })
  }
  await requireSupervisor(context)
  const plan = await planPhase(context, job.request.wish)
  await refuseTablespaces(context)
  await waitForRepositoryLane(context)
  await requireSpace(context, plan, await sizeOf(await liveData(engine)))
  const isClosed = await isLeftClosed(context)
  const safetyLabel = await takeSafetyBackup(context, plan, isClosed)
  context.seal()
  const tally = await startTally(env.shopUrl, isClosed ? null : accountOfPlan(plan))
  progress.enter('switch')
  const probe = startProbe(env.shopUrl)
  const state = { job: job.id.toString(), plan, safetyLabel, stage: isClosed ? 'closed' : 'closing' } as const
  const reached = await exchangeInPlace(context, state).catch(async (error: unknown) => {
    await Promise.all([probe.finish(0), tally.finish()])
    throw error
  })
  const [downtimeMs, counted] = await Promise.all([probe.finish(ANSWER_MS), tally.finish()])
  return conclude(context, reached, { downtimeMs, counted })
}

/** What an interrupted restore left cannot be backed up, and needs not: that one's safety backup was taken of what was there. */
async function takeSafetyBackup(context: Context, { repo }: RestorePlan, isClosed: boolean): Promise<string> {
  context.progress.enter('safety')
  if (isClosed) {
    const why = (await isLost(context)) ? 'there is no shop here yet' : 'the shop is closed already by an earlier restore'
    context.remark(`${why}: no safety backup`, 'warn')
    return 'none'
  }
  const facts = await executeBackup(context, { type: 'incr', repo })
  return facts.label ?? 'none'
}

async function conclude(
  context: Context, { plan, reached, safetyLabel }: ReachedState, { downtimeMs, counted }: Watched,
): Promise<JobResult> {
  context.progress.enter('archive')
  await archiveNewTimeline(context)
  await untilControlAnswers(() => enqueueIncrementals(context, { name: 'restore', reason: `after restore ${context.job.id}` }))
  await forgetInPlace(context)
  return { kind: 'restore-in-place', plan, reached, downtimeMs, safetyLabel, ...(counted && { counted }) }
}
