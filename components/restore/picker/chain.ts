import type { ChainSet } from '@/lib/restore/plan/schema'

/** Sets of one type that follow one another, as one line. */
export type ChainLine = Pick<ChainSet, 'type' | 'label' | 'stoppedAt' | 'size'> & { count: number; note: { by: string | null; reason: string } | null }

/** The last of each run is the one that is named; sizes add up. */
export function chainLines(chain: readonly ChainSet[]): ChainLine[] {
  const lines: ChainLine[] = []
  for (const { type, label, stoppedAt, size, by, reason } of chain) {
    const last = lines.at(-1)
    const line = { type, label, stoppedAt, note: reason ? { by, reason } : null }
    if (last?.type === type) Object.assign(last, line, { size: last.size + size, count: last.count + 1 })
    else lines.push({ ...line, size, count: 1 })
  }
  return lines
}
