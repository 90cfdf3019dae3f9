import { planFor } from '@/lib/restore/plan/data'
import { refusalText } from '@/lib/restore/refusal'
import type { RestorePlan, RestoreWish } from '@/lib/restore/schema'
import { type JobContext, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'

/** What a restore will do, decided now: what was reachable when it was asked for may have expired since. */
export async function planPhase(context: JobContext, wish: RestoreWish): Promise<RestorePlan> {
  const { db, env, progress, signal } = context
  progress.enter('plan')
  const outcome = await untilControlAnswers(() => planFor(db, env.stanza, wish, new Date()), signal)
  if ('refusal' in outcome) {
    const { code, params } = outcome.refusal
    throw new JobFailed({ code: 'target-unreachable', detail: refusalText(outcome.refusal), params: { code, ...params } })
  }
  const { label, repo, timeline, segments } = outcome.plan
  context.remark(`set ${label} of repository ${repo}, timeline ${timeline}, ${segments} WAL segments to replay at most`)
  return outcome.plan
}
