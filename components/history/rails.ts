import type { Row } from '@/lib/history/schema'

/** `through` from top to bottom of a row, `in` down to its node, `out` from its node down, `elbow` into the lane to the right. */
export type RailShape = 'through' | 'in' | 'out' | 'elbow'
export type Rail = { shape: RailShape; lane: number; hot: boolean; dashed: boolean }

type Placed = Pick<Row, 'lane' | 'parent' | 'id' | 'kind'>

/** The lines left of each row, drawn from what each builds on. `hot` holds the ids of the chain that is inked. */
export function railsOf(rows: readonly Placed[], hot: ReadonlySet<string>): Rail[][] {
  const drawn = rows.map(() => new Map<string, Rail>())
  const draw = (at: number, shape: RailShape, lane: number, isHot: boolean, dashed: boolean) => {
    const key = `${shape} ${lane}`
    const before = drawn[at]?.get(key)
    drawn[at]?.set(key, { shape, lane, hot: isHot || (before?.hot ?? false), dashed: dashed && (before?.dashed ?? true) })
  }
  rows.forEach((row, at) => {
    const parent = row.parent === null ? undefined : rows[row.parent]
    if (!parent || row.parent === null) return
    const isHot = hot.has(row.id) && hot.has(parent.id)
    draw(row.parent, 'out', parent.lane, isHot, false)
    for (let between = row.parent + 1; between < at; between += 1) draw(between, 'through', parent.lane, isHot, false)
    draw(at, row.lane === parent.lane ? 'in' : 'elbow', parent.lane, isHot, row.kind === 'job')
  })
  return drawn.map((rails) => [...rails.values()])
}

/** What goes on below a row: the lines a panel under it has to let through. */
export function passing(rails: readonly Rail[]): Rail[] {
  return rails.filter(({ shape }) => shape === 'out' || shape === 'through').map((rail) => ({ ...rail, shape: 'through' }))
}
