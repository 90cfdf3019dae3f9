'use client'

import { useState } from 'react'
import { useNow } from '@/components/format-provider'
import { StaleNote } from '@/components/jobs/stale-note'
import { cn } from '@/lib/cn'
import type { RestoreView } from '@/lib/restore/view/schema'
import { type Access, AccessProvider } from './access'
import { ExchangePart } from './exchange-part'
import { FailureNote } from './failure-note'
import { InPlacePart } from './in-place-part'
import { KeptSheet } from './kept-sheet'
import { PointsSheet } from './points-sheet'
import { RehearsalPart } from './rehearsal-part'
import { usePlan, useRestore } from './restore-query'
import { draftOf, readDraft } from './target-draft'
import { TargetSheet } from './target-sheet'
import { WindowSection } from './window-section'

type RestoreScreenProps = {
  rendered: RestoreView
  access: Access
  /** The set somebody came to restore: "1/20261122-010003F" */
  wantedSet: string | null
}

/** From what can be restored to what was: where to, the rehearsal and what it shows, the way back. */
export function RestoreScreen({ rendered, access, wantedSet }: RestoreScreenProps) {
  const { view, stale } = useRestore(rendered, useNow())
  const [draft, setDraft] = useState(() => draftOf(rendered, wantedSet))
  const read = readDraft(draft, view)
  const asked = usePlan(read.wish)
  return (
    <AccessProvider value={access}>
      {stale && <StaleNote since={stale} />}
      <div className={cn('grid grid-cols-[minmax(0,1fr)] gap-3 md:gap-4', stale && '[&>*]:opacity-60')}>
        <ExchangePart view={view} />
        <FailureNote view={view} />
        <WindowSection view={view} />
        <TargetSheet view={view} draft={draft} onChange={setDraft} read={read} asked={asked} />
        <RehearsalPart view={view} />
        <KeptSheet view={view} />
        <PointsSheet view={view} />
        <InPlacePart view={view} read={read} asked={asked} />
      </div>
    </AccessProvider>
  )
}
