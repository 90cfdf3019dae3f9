import { useEffect, useRef, useState } from 'react'
import { useNow } from '@/components/format-provider'
import type { Rescued } from '@/lib/restore/rehearsal/story/schema'
import { useAccess } from '../access'
import { usePress } from '../use-press'

/**
 * What was compared before a rescue, or before its undo, does not know of it: where one ends while the page is open, the
 * comparison is made anew, whoever asked for the rescue.
 */
export function useCompareAfter(rehearsal: string, rescues: readonly Rescued[], comparedAt: Date): void {
  const { may, actions } = useAccess()
  const { press } = usePress(actions.compareAgain)
  const [opened] = useState(useNow(60_000))
  const asked = useRef(0)
  const newest = Math.max(0, ...rescues.flatMap(({ at, undo }) => [at.getTime(), undo?.at.getTime() ?? 0]))
  const isDue = may.rehearse && newest > comparedAt.getTime() && newest > opened.getTime()
  useEffect(() => {
    if (!isDue || asked.current >= newest) return
    asked.current = newest
    // A refusal only means that somebody else asked already: what comes of it is on the page either way.
    press({ rehearsal })
  }, [isDue, newest, rehearsal, press])
}
