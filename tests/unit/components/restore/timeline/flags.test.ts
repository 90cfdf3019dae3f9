import { describe, expect, it } from 'vitest'
import { type Flag, fittingWords, placedFlags } from '@/components/restore/timeline/flags'
import { FLAG_AIR, ROWS, flagMarks, leftOf, rightOf } from '@/components/restore/timeline/marks'
import { textWidth } from '@/components/restore/timeline/scale'
import { group, lagos, stage } from './fixture'

const minutes = { from: lagos('2026-11-22T14:00:00'), to: lagos('2026-11-22T14:20:00') }
const { scale, layout } = stage(minutes)
const now = lagos('2026-11-22T17:15:34')
const stampOf = ({ at: from, to }: { at: number; to: number }) => (to > from ? '14:03:22–14:03:44' : '14:03:22')
const place = { now, width: layout.width, stampOf }
const at = (seconds: number, kind?: 'product-deleted') =>
  group(new Date(minutes.from + seconds * 1_000 + 3_600_000).toISOString().slice(0, 19), { kind })

describe('flags', () => {
  it('are one each, in view, in rows in turn', () => {
    const marks = flagMarks([at(-1), at(60), at(61), at(62), at(300)], scale, place)
    expect(marks.map(({ count, row }) => [count, row])).toEqual([[1, 0], [1, 1], [1, 2], [1, 0]])
  })

  it('count what has room in no row, and lose nothing', () => {
    const marks = flagMarks(Array.from({ length: 500 }, (_, n) => at(n * 2)), scale, place)
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(500)
    for (let row = 0; row < ROWS; row += 1) {
      const own = marks.filter((mark) => mark.row === row)
      own.slice(1).forEach((mark, n) => expect(leftOf(mark)).toBeGreaterThan(rightOf(own[n]!)))
    }
  })

  it('stand at now at most', () => {
    const here = minutes.from + 600_000
    const marks = flagMarks(Array.from({ length: 40 }, (_, n) => at(560 + n)), scale, { ...place, now: here })
    for (const mark of marks) expect(rightOf(mark)).toBeLessThanOrEqual(scale.x(here) + 12)
  })
})

describe('the words of flags', () => {
  const words = (seconds: number) => [`Ada deleted Indomie Chicken 70 g ${seconds}`, 'Indomie Chicken 70 g']
  const flagsOf = (groups: ReturnType<typeof at>[], line: number | null) =>
    placedFlags(flagMarks(groups, scale, place), layout, line, { stampOf, wordsOf: (mark) => words(mark.at) })
  const extent = ({ mark, stamp, words: said, isFlipped }: Flag): [number, number] => {
    const width = textWidth(said ? `${stamp} ${said}` : stamp, 13) + FLAG_AIR
    return isFlipped ? [leftOf(mark) - width, rightOf(mark)] : [leftOf(mark), rightOf(mark) + width]
  }

  it('never touch those of another flag, nor cross the moment, which a time alone may', () => {
    const line = scale.x(minutes.from + 500_000)
    const flags = flagsOf(Array.from({ length: 30 }, (_, n) => at(n * n + 20)), line)
    expect(flags.filter((flag) => flag.words !== '').length).toBeGreaterThan(2)
    for (const flag of flags) {
      const [from, to] = extent(flag)
      const [begin, end] = flag.isFlipped ? [from, leftOf(flag.mark)] : [rightOf(flag.mark), to]
      if (flag.words) expect(begin < line && end > line).toBe(false)
      expect(from).toBeGreaterThanOrEqual(layout.left - 12)
      expect(to).toBeLessThanOrEqual(layout.width)
      for (const other of flags.filter((one) => one !== flag && one.mark.row === flag.mark.row)) {
        const [start, end] = extent(other)
        expect(to <= start || from >= end).toBe(true)
      }
    }
  })

  it('keep the time, of a group its span, however crowded it is and wherever the moment lies', () => {
    for (const every of [1, 2, 7, 13, 40]) {
      const groups = Array.from({ length: Math.floor(1_199 / every) }, (_, n) => at(n * every, n % 5 === 0 ? 'product-deleted' : undefined))
      for (const line of [null, ...[3, 300, 601, 1_190].map((seconds) => scale.x(minutes.from + seconds * 1_000))]) {
        const flags = flagsOf(groups, line)
        expect(flags.reduce((sum, { mark }) => sum + mark.count, 0)).toBe(groups.length)
        for (const { mark, stamp } of flags) expect(stamp).toBe(mark.count > 1 ? '14:03:22–14:03:44' : '14:03:22')
        const extents = flags.map((flag) => [flag.mark.row, ...extent(flag)] as const).toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
        extents.slice(1).forEach(([row, from], n) => {
          if (extents[n]![0] === row) expect(from).toBeGreaterThanOrEqual(extents[n]![2])
        })
        expect(Math.max(...extents.map(([, , to]) => to))).toBeLessThanOrEqual(layout.width)
      }
    }
  })

  it('are those of deletions first', () => {
    const [first] = flagsOf([at(100), at(500), at(510), at(105, 'product-deleted')].toSorted((a, b) => a.at - b.at), null)
    expect([first?.mark.deletions, first?.stamp]).toEqual([1, '14:03:22'])
  })

  it('stand right, and left where that has no room; fewer on a phone, cut where nothing fits, none where that would say nothing', () => {
    const [long, short] = words(1)
    const fit = (right: number, before: number) => fittingWords({ right, before }, '14:03:22', words(1))
    expect(fit(1_000, 1_000)).toEqual({ words: long, isFlipped: false })
    expect(fit(60, 1_000)).toEqual({ words: long, isFlipped: true })
    expect(fit(230, 100)).toEqual({ words: short, isFlipped: false })
    expect(fit(140, 50)?.words).toMatch(/^Ind.*…$/)
    expect(fit(100, 50)).toBeNull()
  })
})
