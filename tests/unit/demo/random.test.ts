import { describe, expect, it } from 'vitest'
import { createRandom } from '@/demo/random'

const first = (key: string, count: number) => {
  const random = createRandom(key)
  return Array.from({ length: count }, () => random.next())
}

describe('the random stream', () => {
  it('is the same for the same key, and another for another', () => {
    expect(first('615 2026-11-24', 50)).toEqual(first('615 2026-11-24', 50))
    expect(first('615 2026-11-24', 50)).not.toEqual(first('615 2026-11-25', 50))
  })

  it('is even', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (const draw of first('even', 20_000)) tenths[Math.floor(draw * 10)]! += 1
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200)
  })

  it('picks by weight, and nothing where nothing weighs', () => {
    const random = createRandom('weights')
    const picks = Array.from({ length: 4_000 }, () => random.pickWeighted([1, 0, 3], (weight) => weight))
    expect(picks).not.toContain(0)
    expect(picks.filter((pick) => pick === 3).length / 4_000).toBeCloseTo(0.75, 1)
    expect(random.pickWeighted([0, 0], (weight) => weight)).toBeUndefined()
  })

  it('lets as many arrive as are expected, in the mean', () => {
    const random = createRandom('arrivals')
    const sum = Array.from({ length: 2_000 }, () => random.poisson(24)).reduce((a, b) => a + b, 0)
    expect(sum / 2_000).toBeCloseTo(24, 0)
    expect(random.poisson(0)).toBe(0)
  })
})
