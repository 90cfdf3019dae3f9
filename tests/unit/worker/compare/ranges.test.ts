import { describe, expect, it } from 'vitest'
import { blocksPerRange, countRows, differingRanges, spansOf } from '@/worker/compare/ranges'

const prints = (...ranges: [number, number, string][]) => new Map(ranges.map(([number, rows, hash]) => [number, { rows, hash }]))

describe('blocksPerRange', () => {
  it('is 128 kB up to 2 GB, and more for more, so that there are never too many ranges', () => {
    expect([0, 1, 262_144].map(blocksPerRange)).toEqual([16, 16, 16])
    expect(blocksPerRange(262_145)).toBe(17)
    expect(13_107_200 / blocksPerRange(13_107_200)).toBeLessThanOrEqual(16_384)
  })
})

describe('differingRanges', () => {
  it('finds what has other rows, more rows, or is on one side only', () => {
    const then = prints([0, 5, 'a'], [1, 5, 'b'], [2, 5, 'c'], [9, 1, 'x'])
    const now = prints([0, 5, 'a'], [1, 5, 'B'], [2, 6, 'c'], [10, 1, 'y'])
    expect(differingRanges(then, now)).toEqual([1, 2, 9, 10])
    expect(differingRanges(then, then)).toEqual([])
    expect(countRows(now)).toBe(17)
  })
})

describe('spansOf', () => {
  it('reads neighbours together, up to a megabyte', () => {
    expect(spansOf([0, 1, 2, 5], 16, 1000)).toEqual([{ from: 0, to: 48 }, { from: 80, to: 96 }])
    const twenty = Array.from({ length: 20 }, (_, n) => n)
    expect(spansOf(twenty, 16, 1000)).toEqual([{ from: 0, to: 128 }, { from: 128, to: 256 }, { from: 256, to: 320 }])
  })

  it('reads large ranges in pieces', () => {
    expect(spansOf([1], 300, 10_000)).toEqual([{ from: 300, to: 428 }, { from: 428, to: 556 }, { from: 556, to: 600 }])
  })

  it('leaves the end open: the table may have grown', () => {
    expect(spansOf([0], 16, 3)).toEqual([{ from: 0, to: null }])
    expect(spansOf([1], 16, 20)).toEqual([{ from: 16, to: null }])
    expect(spansOf([1], 16, 16)).toEqual([{ from: 16, to: null }])
    expect(spansOf([0], 16, 0)).toEqual([{ from: 0, to: null }])
  })

  it('reads every block of every range once', () => {
    const ranges = [0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 30, 40]
    const read = spansOf(ranges, 20, 900).flatMap(({ from, to }) => Array.from({ length: (to ?? 900) - from }, (_, n) => from + n))
    expect(read).toEqual(ranges.flatMap((range) => Array.from({ length: 20 }, (_, n) => range * 20 + n)))
  })
})
