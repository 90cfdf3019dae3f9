import { expect, it } from 'vitest'
import { chainLines } from '@/components/restore/picker/chain'
import type { ChainSet } from '@/lib/restore/plan/schema'

const set = (label: string, type: ChainSet['type'], size: number, note: Partial<ChainSet> = {}): ChainSet => ({
  label, type, size, stoppedAt: new Date(`2025-11-2${label}T02:00:00Z`), by: null, reason: null, ...note,
})

it('sets of one type that follow one another are one line, by the last of them', () => {
  const chain = [set('0', 'full', 1_000), set('1', 'diff', 200), set('2', 'incr', 10), set('3', 'incr', 5, { by: 'Bisi', reason: 'before the price update' })]
  expect(chainLines(chain)).toEqual([
    { type: 'full', label: '0', stoppedAt: new Date('2025-11-20T02:00:00Z'), size: 1_000, count: 1, note: null },
    { type: 'diff', label: '1', stoppedAt: new Date('2025-11-21T02:00:00Z'), size: 200, count: 1, note: null },
    {
      type: 'incr', label: '3', stoppedAt: new Date('2025-11-23T02:00:00Z'), size: 15, count: 2,
      note: { by: 'Bisi', reason: 'before the price update' },
    },
  ])
})
