import { createContext, use } from 'react'
import type { ActionResult } from '@/lib/action'
import type { CarryOver, RestoreWish } from '@/lib/restore/schema'

type Act<I> = (input: I) => Promise<ActionResult<{ jobId: string }>>
export type Confirmation = { stanza: string; password: string }

/** The page's server actions, handed down. */
export type RestoreActions = {
  rehearse: Act<{ wish: RestoreWish; rehearsal?: string }>
  compareAgain: Act<{ rehearsal: string }>
  discardRehearsal: Act<{ rehearsal: string }>
  switchToPoint: Act<Confirmation & { rehearsal: string; carryOver: CarryOver }>
  undoRestore: Act<Confirmation & { cluster: string }>
  restoreInPlace: Act<Confirmation & { wish: RestoreWish }>
  createRestorePoint: Act<{ name: string }>
  purgeCluster: Act<{ cluster: string }>
  checkArchive: Act<Record<string, never>>
  cancelJob: (input: { jobId: string }) => Promise<ActionResult<unknown>>
}

/** What this person may do here. */
export type May = Record<'rehearse' | 'point' | 'switch' | 'undo' | 'inPlace' | 'purge' | 'check' | 'cancel', boolean>
export type Access = { may: May; actions: RestoreActions }

const Context = createContext<Access | null>(null)
export const AccessProvider = Context

export function useAccess(): Access {
  const access = use(Context)
  if (!access) throw new Error('the parts of the restore page need an AccessProvider above them')
  return access
}
