import { describe, expect, it, vi } from 'vitest'
import { binEnd, binOf, keptPieces, piecesOf } from '@/components/restore/timeline/bins'
import { detailOf, hitRadius, layoutOf, restingHeight, snapOf } from '@/components/restore/timeline/layout'
import { niceMax, scaleOf, textWidth } from '@/components/restore/timeline/scale'
import { binsOf } from '@/lib/restore/timeline/rules'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('the scale', () => {
  const scale = scaleOf({ from: 1_000_000, to: 2_000_000 }, 100, 1_100)

  it('is linear, both ways', () => {
    expect([1_000_000, 1_500_000, 2_000_000].map(scale.x)).toEqual([100, 600, 1_100])
    expect([100, 350, 1_100].map(scale.time)).toEqual([1_000_000, 1_250_000, 2_000_000])
    expect(scale.msPerPx).toBe(1_000)
  })

  it('knows what is in view', () => {
    expect(scale.clamped(0)).toBe(100)
    expect(scale.clamped(9_000_000)).toBe(1_100)
    expect([scale.shows(999_999), scale.shows(1_000_000), scale.shows(0, 1_000_000), scale.shows(2_000_001)]).toEqual([false, true, true, false])
  })
})

it('ends the axis of amounts at a round number', () => {
  expect([0, 1, 5, 7, 11, 121, 240, 349, 8_450, 36_800].map(niceMax)).toEqual([1, 1, 5, 8, 12, 150, 250, 350, 10_000, 40_000])
})

it('takes figures for wider than points between them', () => {
  expect(textWidth('14:03:21')).toBeGreaterThan(40)
  expect(textWidth('14:03:21')).toBeLessThan(60)
  expect(textWidth('::::::::')).toBeLessThan(textWidth('00000000') / 2)
})

it('measures a text once, at whatever size it is asked for', () => {
  const first = textWidth('Ada deleted Indomie Chicken 70 g')
  const letters = vi.spyOn(RegExp.prototype, 'test')
  const again = [textWidth('Ada deleted Indomie Chicken 70 g'), textWidth('Ada deleted Indomie Chicken 70 g', 24)]
  const count = letters.mock.calls.length
  letters.mockRestore()
  expect(count).toBe(0)
  expect(again).toEqual([first, first * 2])
})

describe('bins', () => {
  it('are five pixels wide or wider', () => {
    const bin = (span: number, px: number) => binOf(span / px)
    expect(bin(DAY, 1_044)).toBe(10 * MINUTE)
    expect(bin(31 * DAY, 1_044)).toBe(4 * HOUR)
    expect(bin(125 * DAY, 1_044)).toBe(DAY)
    expect(bin(125 * DAY, 328)).toBe(7 * DAY)
    expect(bin(12 * HOUR, 328)).toBe(20 * MINUTE)
    expect(bin(MINUTE, 1_044)).toBe(10_000)
    expect(bin(20 * 365 * DAY, 300)).toBe(7 * DAY)
  })

  it('end at midnight where they are days', () => {
    const midnight = Date.parse('2026-10-24T22:00Z')
    expect(binEnd(midnight, DAY, 'Europe/Berlin')).toBe(Date.parse('2026-10-25T23:00Z'))
    expect(binEnd(midnight, HOUR, 'Europe/Berlin')).toBe(midnight + HOUR)
  })
})

describe('pieces', () => {
  const view = { from: Date.parse('2026-11-24T09:00Z'), to: Date.parse('2026-11-24T17:00Z') }

  it('cover the view without a gap, with one more on either side', () => {
    for (const bin of [10_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, HOUR, DAY, 7 * DAY]) {
      const { seen, beside } = piecesOf(view, bin, 'Africa/Lagos')
      expect(seen[0]?.from).toBeLessThanOrEqual(view.from)
      expect(seen.at(-1)?.to).toBeGreaterThanOrEqual(view.to)
      expect(seen.slice(1).map(({ from }) => from)).toEqual(seen.slice(0, -1).map(({ to }) => to))
      expect([beside[0]?.to, beside[1]?.from]).toEqual([seen[0]?.from, seen.at(-1)?.to])
    }
  })

  it('stay the same while it is panned within them', () => {
    const later = { from: view.from + 30 * MINUTE, to: view.to + 30 * MINUTE }
    expect(piecesOf(later, 10 * MINUTE, 'Africa/Lagos')).toEqual(piecesOf(view, 10 * MINUTE, 'Africa/Lagos'))
  })

  it('are worked out anew only where the view has left them', () => {
    const pieces = piecesOf(view, 10 * MINUTE, 'Africa/Lagos')
    const kept = (from: number, to: number, bin = 10 * MINUTE) => keptPieces(pieces, { from, to }, bin, 'Africa/Lagos')
    expect(kept(view.from + 30 * MINUTE, view.to - 30 * MINUTE)).toBe(pieces)
    for (const [from, to, bin] of [[view.from - DAY, view.to], [view.from, view.to + DAY], [view.from, view.to, 5 * MINUTE]] as const) {
      expect(kept(from, to, bin)).toEqual(piecesOf({ from, to }, bin ?? 10 * MINUTE, 'Africa/Lagos'))
    }
    const two = piecesOf({ from: view.from, to: view.to + DAY }, 10 * MINUTE, 'Africa/Lagos')
    expect(keptPieces(two, view, 10 * MINUTE, 'Africa/Lagos')).toEqual(pieces)
  })

  it('cover a view in which the clocks change', () => {
    const { seen } = piecesOf({ from: Date.parse('2026-10-24T20:00Z'), to: Date.parse('2026-10-26T10:00Z') }, 10 * MINUTE, 'Europe/Berlin')
    expect(seen.map(({ from, to }) => (to - from) / HOUR)).toEqual([24, 25, 24])
  })

  it('are answered with the bin that was meant', () => {
    for (const zone of ['Africa/Lagos', 'Asia/Kathmandu', 'Europe/Berlin']) {
      for (const bin of [10_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, DAY, 7 * DAY]) {
        for (const piece of piecesOf(view, bin, zone).seen) {
          expect(piece.bars).toBeLessThanOrEqual(250)
          expect(binsOf(piece, piece.bars, zone).bin * 1_000, `${bin} in ${zone}`).toBe(bin)
        }
      }
    }
  })
})

describe('the layout', () => {
  it('says the more the narrower the view', () => {
    expect([125 * DAY, 5 * DAY, 4 * DAY, 21 * MINUTE, 20 * MINUTE, 10_000].map((to) => detailOf({ from: 0, to }))).toEqual(
      ['days', 'days', 'hours', 'hours', 'flags', 'flags'])
  })

  it('keeps its height at every level, so that the page stays where it is', () => {
    for (const width of [360, 1_140]) {
      const heights = [125 * DAY, DAY, MINUTE].map((to) => layoutOf({ from: 0, to }, width, false).height)
      expect(new Set(heights).size).toBe(1)
    }
    expect(layoutOf({ from: 0, to: DAY }, 1_140, false).height).toBe(restingHeight(false))
  })

  it('has its lanes one below the other', () => {
    for (const to of [125 * DAY, DAY, MINUTE]) {
      for (const [width, isCompact] of [[360, false], [360, true], [1_140, false], [1_140, true]] as const) {
        const { axis, events, eventsEnd, ribbon, branch, sales, base } = layoutOf({ from: 0, to }, width, isCompact)
        const order = [axis, events, eventsEnd, ribbon, branch, sales, base]
        expect(order).toEqual(order.toSorted((a, b) => a - b))
        expect(base - sales).toBeGreaterThanOrEqual(84)
      }
    }
  })

  it('chooses by the minute, the second, the tenth of one', () => {
    expect([DAY / 1_044, HOUR / 1_044, MINUTE / 1_044, 10_000 / 1_044].map(snapOf)).toEqual([MINUTE, 1_000, 1_000, 100])
  })

  it('has room for a finger', () => expect([hitRadius(true) * 2, hitRadius(false) * 2]).toEqual([44, 24]))
})
