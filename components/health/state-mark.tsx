import { type LucideIcon, ShieldAlert, ShieldCheck, ShieldEllipsis, ShieldQuestionMark, ShieldX } from 'lucide-react'
import type { VerdictState } from '@/lib/health/schema'

/** A state by its shape and its ink: nothing is told by colour alone. */
export const stateMarks: Record<VerdictState, { Icon: LucideIcon; ink: string }> = {
  protected: { Icon: ShieldCheck, ink: 'text-ok' },
  'at-risk': { Icon: ShieldAlert, ink: 'text-warn' },
  unprotected: { Icon: ShieldX, ink: 'text-bad' },
  'not-yet': { Icon: ShieldAlert, ink: 'text-warn' },
  restoring: { Icon: ShieldEllipsis, ink: 'text-run' },
  unknown: { Icon: ShieldQuestionMark, ink: 'text-warn' },
}
