/** The last `limit` of what is added, by key; as they came where there is no key. */
export type Newest<T> = { add(key: string, value: T): void; values(): T[] }

const SLACK = 1_000

export function createNewest<T>(limit: number, compare: ((a: string, b: string) => number) | null): Newest<T> {
  let kept: { key: string; value: T }[] = []

  function trim(): void {
    const ordered = compare ? kept.toSorted((a, b) => compare(a.key, b.key)) : kept
    kept = ordered.slice(-limit)
  }

  return {
    add(key, value) {
      if (kept.push({ key, value }) >= limit + SLACK) trim()
    },
    values() {
      trim()
      return kept.map(({ value }) => value)
    },
  }
}
