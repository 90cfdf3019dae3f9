import { type HealthFacts, findWorker, finders, isFirstRun } from './checks/rules'
import {
  type Check, type CheckId, type Reason, type ReasonCode, type Verdict, type VerdictState, checkIds, severities,
} from './schema'

/** What all reasons together allow to say, and why. */
export function verdict(facts: HealthFacts, now: Date): Verdict {
  const blind = findWorker(facts, now)
  if (blind.length > 0) return blindVerdict(facts, blind)
  return judge(facts, now)
}

function judge(facts: HealthFacts, now: Date): Verdict {
  const checks = checkIds.map((id) => toCheck(id, finders[id](facts, now)))
  const reasons = byRank(checks.flatMap((check) => check.reasons))
  return { state: stateOf(reasons, facts, now), reasons, checks, lastKnown: null }
}

/** With a silent worker nothing is known any more; what was known when it spoke is told with its time. */
function blindVerdict(facts: HealthFacts, reasons: Reason[]): Verdict {
  const { worker, observedAt } = facts
  const spoke = worker && observedAt && (observedAt < worker.heartbeatAt ? observedAt : worker.heartbeatAt)
  const unknown: Check[] = checkIds.map((id) => ({ id, status: 'unknown', reasons: [] }))
  const lived = spoke && { ...facts, worker: { heartbeatAt: spoke, stoppedAt: null } }
  return {
    state: 'unknown',
    reasons,
    checks: unknown.map((check): Check => (check.id === 'worker' ? { ...check, status: 'fail', reasons } : check)),
    lastKnown: lived && { state: judge(lived, spoke).state, at: spoke },
  }
}

function stateOf(reasons: Reason[], facts: HealthFacts, now: Date): VerdictState {
  if (isFirstRun(facts, now)) return 'not-yet'
  if (reasons.some(({ severity }) => severity === 'bad')) return 'unprotected'
  if (reasons[0]?.code === 'shop-exchange') return 'restoring'
  return reasons.length > 0 ? 'at-risk' : 'protected'
}

/** Within a severity the cause is told before what follows from it; but first what cannot wait. */
const causesFirst: readonly ReasonCode[] = [
  'other-host', 'disk-filling', 'repository-failed', 'shop-lost', 'archive-off', 'archive-command-missing', 'archive-failing',
  'no-usable-set', 'shop-exchange', 'disk-low', 'database-down', 'database-in-recovery', 'archive-behind', 'archive-unread',
  'backup-failed', 'no-set', 'repository-full', 'schedule-overdue', 'set-damaged', 'set-too-old', 'schedule-missing',
]

function byRank(reasons: Reason[]): Reason[] {
  const rankOf = ({ severity, code }: Reason) => severities.indexOf(severity) * causesFirst.length + causesFirst.indexOf(code)
  return reasons.toSorted((a, b) => rankOf(a) - rankOf(b))
}

function toCheck(id: CheckId, found: Reason[] | null): Check {
  if (!found) return { id, status: 'unknown', reasons: [] }
  const reasons = byRank(found)
  const status = ({ bad: 'fail', unknown: 'unknown', warn: 'warn' } as const)[reasons[0]?.severity ?? 'bad']
  return { id, status: reasons.length > 0 ? status : 'ok', reasons }
}
