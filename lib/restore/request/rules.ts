import type { JobKind } from '@/lib/jobs/schema'

/** What exchanges the shop and could not begin by then is not what was wanted any more. */
export const STALE_SECONDS = 300

/** What one asks for having looked: something else under way would change what was looked at. */
const asksAlone: readonly JobKind[] = [
  'rehearse', 'discard', 'switch', 'undo', 'restore-in-place', 'purge', 'rescue', 'undo-rescue',
]

/** The job that has to end before anything else may be asked for; what only looks, or sets a restore point, is in nobody's way. */
export function blockerOf<J extends { kind: JobKind }>(jobs: readonly J[]): J | null {
  return jobs.find(({ kind }) => asksAlone.includes(kind)) ?? null
}
