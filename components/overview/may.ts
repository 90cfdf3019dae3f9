import type { ActionResult } from '@/lib/action'
import type { BackUpNow } from '@/lib/policy/choices/schema'

/** What this person may do here. */
export type May = { run: boolean; check: boolean; cancel: boolean }

/** The page's server actions, handed down. */
export type OverviewActions = {
  backUpNow: (input: BackUpNow) => Promise<ActionResult<{ jobId: string }>>
  runCheck: (input: Record<string, never>) => Promise<ActionResult<{ jobId: string }>>
  cancelJob: (input: { jobId: string }) => Promise<ActionResult<unknown>>
}
