'use client'

import { useTranslations } from 'use-intl'
import type { DifferenceRow, TableDifference } from '@/lib/restore/comparison/schema'
import { keyOf, rowName } from './cells'
import type { Selection } from './selection'

type ChooseRowProps = { row: DifferenceRow; table: Pick<TableDifference, 'schema' | 'name' | 'key'>; selection: Selection | null }

/** The same choice as among the two ways, where the row was deleted; nothing for any other. */
export function ChooseRow({ row, table: { schema, name, key }, selection }: ChooseRowProps) {
  const t = useTranslations('rehearsal.rows')
  const choice = { schema, table: name, key: keyOf(row.then, key) }
  if (!selection || row.sort !== 'returns' || !selection.canChoose(choice)) return null
  return (
    <input
      type="checkbox" checked={selection.has(choice)} aria-label={t('choose', { name: rowName(row, key) })}
      onChange={(event) => selection.set(choice, event.target.checked)}
      className="size-4 shrink-0 align-middle accent-primary-ground"
    />
  )
}
