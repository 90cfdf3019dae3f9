/** In which order rows are written: each after what it points at, those that point at each other together. */

/** Tarjan's strongly connected components, what each needs before it. `needsOf` may name what is not in `all`. */
export function inOrder<T>(all: readonly T[], needsOf: (one: T) => readonly T[]): T[][] {
  const known = new Set(all)
  const index = new Map<T, number>()
  const low = new Map<T, number>()
  const open: T[] = []
  const isOpen = new Set<T>()
  const groups: T[][] = []
  const lower = (one: T, to: number) => low.set(one, Math.min(low.get(one) ?? to, to))

  function enter(one: T): Visit<T> {
    index.set(one, index.size)
    lower(one, index.size - 1)
    open.push(one)
    isOpen.add(one)
    return { one, needs: needsOf(one).filter((need) => known.has(need)), at: 0 }
  }

  function close(one: T): void {
    const group = open.splice(open.lastIndexOf(one))
    for (const member of group) isOpen.delete(member)
    groups.push(group.toReversed())
  }

  // Without recursion: a chain may be as long as there are rows.
  for (const first of all) {
    const path = index.has(first) ? [] : [enter(first)]
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const need = visit.needs[visit.at]
      visit.at += 1
      if (need === undefined) {
        path.pop()
        const { one } = visit
        const before = path.at(-1)
        if (before) lower(before.one, low.get(one) ?? 0)
        if (low.get(one) === index.get(one)) close(one)
      } else if (!index.has(need)) path.push(enter(need))
      else if (isOpen.has(need)) lower(visit.one, index.get(need) ?? 0)
    }
  }
  return groups
}

type Visit<T> = { one: T; needs: readonly T[]; at: number }
