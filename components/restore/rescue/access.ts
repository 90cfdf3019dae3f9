import { createContext, use } from 'react'
import type { ActionResult } from '@/lib/action'
import type { RowChoice } from '@/lib/restore/rescue/schema'

type Act<I> = (input: I) => Promise<ActionResult<{ jobId: string }>>
type Choice = { rehearsal: string; rows: RowChoice[] }

/** What this person may do with rows of a rehearsal, and the server actions for it. */
export type RescueAccess = {
  may: { plan: boolean; rescue: boolean }
  actions: { planRescue: Act<Choice>; rescueRows: Act<Choice>; undoRescue: Act<{ rescue: string }> }
}

const Context = createContext<RescueAccess | null>(null)
export const RescueAccessProvider = Context

export function useRescueAccess(): RescueAccess {
  const access = use(Context)
  if (!access) throw new Error('a rescue needs a RescueAccessProvider above it')
  return access
}
