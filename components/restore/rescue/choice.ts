import type { Conflict, RescueStep, RowChoice } from '@/lib/restore/rescue/schema'

/** The same for the same row, whatever the order of its key. */
export function choiceId({ schema, table, key }: RowChoice): string {
  return JSON.stringify([schema, table, Object.entries(key).toSorted(([a], [b]) => (a < b ? -1 : 1))])
}

/** The choice without the rows that cannot come back. */
export function withoutConflicts(rows: readonly RowChoice[], conflicts: readonly Conflict[]): RowChoice[] {
  const out = new Set(conflicts.flatMap(({ chosen }) => chosen))
  return rows.filter((_, place) => !out.has(place))
}

/** Rows that were deleted with others, by table: nobody knows a sold item by its name. */
export function countChildren(steps: readonly RescueStep[]): [table: string, count: number][] {
  const counts = new Map<string, number>()
  for (const { table, why } of steps) if (why === 'child') counts.set(table, (counts.get(table) ?? 0) + 1)
  return [...counts]
}
