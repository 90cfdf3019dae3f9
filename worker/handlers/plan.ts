import { planFor } from '@/lib/restore/plan/data'
import { refusalText } from '@/lib/restore/refusal'
import type { PlanRefusal, RestorePlan, RestoreWish } from '@/lib/restore/schema'
import { type JobContext, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'

/** What a restore will do, decided now: what was reachable when it was asked for may have expired since. */
export async function planPhase(context: JobContext, wish: RestoreWish): Promise<RestorePlan> {
  const { db, env, progress, signal } = context
  progress.enter('plan')
  const outcome = await untilControlAnswers(() => planFor(db, env.stanza, wish, new Date()), signal)
  if ('refusal' in outcome) throw refused(outcome.refusal)
  await requireSets(context, outcome.plan)
  const { label, repo, timeline, segments } = outcome.plan
  context.remark(`set ${label} of repository ${repo}, timeline ${timeline}, ${segments} WAL segments to replay at most`)
  return outcome.plan
}

/** Sets that were removed by hand stand in pgBackRest's information until its next backup. */
async function requireSets({ engine }: JobContext, { repo, label, chain }: RestorePlan): Promise<void> {
  const present = await engine.listSets(repo)
  if (present && !chain.every((needed) => present.includes(needed))) throw refused({ code: 'set-unusable', params: { label } })
}

function refused(refusal: PlanRefusal): JobFailed {
  const { code, params } = refusal
  return new JobFailed({ code: 'target-unreachable', detail: refusalText(refusal), params: { code, ...params } })
}
