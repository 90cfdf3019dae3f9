import { useState } from 'react'
import { FEW_ROWS } from '@/lib/restore/comparison/rules'
import type { Gone } from '@/lib/restore/comparison/schema'
import { MOST_ROWS, type RowChoice } from '@/lib/restore/rescue/schema'
import { choiceId } from '../rescue/choice'

export type Selection = {
  /** The rows that can be chosen are all known, and few */
  isFew: boolean
  chosen: RowChoice[]
  has(choice: RowChoice): boolean
  canChoose(choice: RowChoice): boolean
  set(choice: RowChoice, isChosen: boolean): void
}

/** Which deleted rows are to be rescued: all of them, while they are few, until somebody says otherwise. */
export function useSelection(gone: Gone | undefined): Selection {
  const [said, setSaid] = useState<Record<string, boolean>>({})
  const rows = gone?.rows ?? []
  const isFew = gone !== undefined && gone.isComplete && rows.length <= FEW_ROWS
  const known = new Set(rows.map(choiceId))
  const has = (choice: RowChoice) => said[choiceId(choice)] ?? isFew
  const chosen = rows.filter(has).map(({ schema, table, key }) => ({ schema, table, key }))
  return {
    isFew, chosen, has,
    canChoose: (choice) => known.has(choiceId(choice)) && (has(choice) || chosen.length < MOST_ROWS),
    set: (choice, isChosen) => setSaid((before) => ({ ...before, [choiceId(choice)]: isChosen })),
  }
}
