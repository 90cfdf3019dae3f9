import { describe, expect, it } from 'vitest'
import { type Flag, FLAG_AIR, fittingWords, placedFlags } from '@/components/restore/timeline/flags'
import { ROWS, flagMarks, leftOf, rightOf } from '@/components/restore/timeline/marks'
import { textWidth } from '@/components/restore/timeline/scale'
import { group, lagos, stage } from './fixture'

const minutes = { from: lagos('2026-11-22T14:00:00'), to: lagos('2026-11-22T14:20:00') }
const { scale, layout } = stage(minutes)
const now = lagos('2026-11-22T17:15:34')
const at = (seconds: number, kind?: 'product-deleted') =>
  group(new Date(minutes.from + seconds * 1_000 + 3_600_000).toISOString().slice(0, 19), { kind })

describe('flags', () => {
  it('are one each, in view, in rows in turn', () => {
    const marks = flagMarks([at(-1), at(60), at(61), at(62), at(300)], scale, now)
    expect(marks.map(({ count, row }) => [count, row])).toEqual([[1, 0], [1, 1], [1, 2], [1, 0]])
  })

  it('count what has room in no row, and lose nothing', () => {
    const marks = flagMarks(Array.from({ length: 500 }, (_, n) => at(n * 2)), scale, now)
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(500)
    for (let row = 0; row < ROWS; row += 1) {
      const own = marks.filter((mark) => mark.row === row)
      own.slice(1).forEach((mark, n) => expect(leftOf(mark)).toBeGreaterThan(rightOf(own[n]!)))
    }
  })

  it('stand at now at most', () => {
    const here = minutes.from + 600_000
    const marks = flagMarks(Array.from({ length: 40 }, (_, n) => at(560 + n)), scale, here)
    for (const mark of marks) expect(rightOf(mark)).toBeLessThanOrEqual(scale.x(here) + 12)
  })
})

describe('the words of flags', () => {
  const words = (seconds: number) => [{ stamp: '14:03:22', words: `Ada deleted Indomie Chicken 70 g ${seconds}` }, { stamp: '', words: 'Indomie Chicken 70 g' }]
  const extent = ({ mark, words: said, isFlipped }: Flag): [number, number] => {
    const width = said ? textWidth(`${said.stamp} ${said.words}`, 13) + FLAG_AIR : 0
    return isFlipped ? [leftOf(mark) - width, rightOf(mark)] : [leftOf(mark), rightOf(mark) + width]
  }

  it('never touch those of another flag, nor cross the moment', () => {
    const line = scale.x(minutes.from + 500_000)
    const marks = flagMarks(Array.from({ length: 30 }, (_, n) => at(n * n + 20)), scale, now)
    const flags = placedFlags(marks, layout, line, (mark) => words(mark.at))
    expect(flags.some((flag) => flag.words === null)).toBe(true)
    expect(flags.filter((flag) => flag.words !== null).length).toBeGreaterThan(5)
    for (const flag of flags) {
      const [from, to] = extent(flag)
      const [begin, end] = flag.isFlipped ? [from, leftOf(flag.mark)] : [rightOf(flag.mark), to]
      expect(begin < line && end > line).toBe(false)
      expect(from).toBeGreaterThanOrEqual(layout.left - 12)
      expect(to).toBeLessThanOrEqual(layout.width)
      for (const other of flags.filter((one) => one !== flag && one.mark.row === flag.mark.row)) {
        const [start, end] = extent(other)
        expect(to <= start || from >= end).toBe(true)
      }
    }
  })

  it('are those of deletions first', () => {
    const marks = flagMarks([at(100), at(500), at(510), at(105, 'product-deleted')].toSorted((a, b) => a.at - b.at), scale, now)
    const [first] = placedFlags(marks, layout, null, (mark) => words(mark.at))
    expect([first?.mark.deletions, first?.words?.stamp]).toEqual([1, '14:03:22'])
  })

  it('stand right, and left where that has no room; fewer on a phone, cut where nothing fits, none where that would say nothing', () => {
    const [long, short] = words(1)
    expect(fittingWords({ right: 1_000, before: 1_000 }, words(1))).toEqual({ ...long, isFlipped: false })
    expect(fittingWords({ right: 60, before: 1_000 }, words(1))).toEqual({ ...long, isFlipped: true })
    expect(fittingWords({ right: 160, before: 100 }, words(1))).toEqual({ ...short, isFlipped: false })
    expect(fittingWords({ right: 70, before: 50 }, words(1))?.words).toMatch(/^Ind.*…$/)
    expect(fittingWords({ right: 40, before: 50 }, words(1))).toBeNull()
  })
})
