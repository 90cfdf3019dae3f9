'use client'

import { Fragment } from 'react'
import type { FamilyView } from '@/lib/history/schema'
import { FoldAgainRow, FoldRow, GoneRow } from './fold-row'
import { PanelRow } from './panel-row'
import { passing, railsOf } from './rails'
import { RunningRow } from './running-row'
import { SetRow } from './set-row'

type FamilyRowsProps = {
  family: FamilyView
  /** The largest set in sight, bytes: what the bars are measured by */
  largest: number
  chain: ReadonlySet<string>
  open: string | null
  namesRepository: boolean
  onOpen: (id: string | null) => void
  onUnfold: (family: string, unfolded: boolean) => void
}

/** A full, and under it what builds on it. */
export function FamilyRows({ family, largest, chain, open, namesRepository, onOpen, onUnfold }: FamilyRowsProps) {
  const rails = railsOf(family.rows, chain)
  return (
    <tbody className="border-b last:border-b-0 max-lg:block">
      {family.rows.map((row, at) => {
        const lines = rails[at] ?? []
        if (row.kind === 'job') return <RunningRow key={row.id} row={row} rails={lines} />
        if (row.kind === 'gone') return <GoneRow key={row.id} row={row} rails={lines} />
        if (row.kind === 'fold') return <FoldRow key={row.id} row={row} rails={lines} onOpen={() => onUnfold(family.key, true)} />
        const isOpen = row.id === open
        return (
          <Fragment key={row.id}>
            <SetRow
              row={row}
              rails={lines}
              hot={chain.has(row.id)}
              largest={largest}
              repository={namesRepository && row.lane === 0 ? family.repoKey : null}
              keptUntil={row.type === 'full' ? family.keptUntil : null}
              isOpen={isOpen}
              onToggle={() => onOpen(isOpen ? null : row.id)}
            />
            {isOpen && <PanelRow id={row.id} label={row.label} rails={passing(lines)} />}
          </Fragment>
        )
      })}
      {family.unfolded && <FoldAgainRow onFold={() => onUnfold(family.key, false)} />}
    </tbody>
  )
}
