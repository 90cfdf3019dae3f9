import { describe, expect, it } from 'vitest'
import { inOrder } from '@/worker/rescue/order'

const order = (needs: Record<string, string[]>) => inOrder(Object.keys(needs), (one) => needs[one] ?? []).map((group) => group.toSorted().join(''))

describe('the order of writing', () => {
  it.each<[string, Record<string, string[]>, string[]]>([
    ['nothing', {}, []],
    ['what needs nothing stays in its order', { b: [], a: [] }, ['b', 'a']],
    ['first what is needed', { item: ['sale', 'product'], sale: ['user'], product: [], user: [] }, ['user', 'sale', 'product', 'item']],
    ['what needs itself is alone', { a: ['a'] }, ['a']],
    ['a circle goes together, after what it needs', { a: ['b'], b: ['c', 'd'], c: ['a'], d: [], e: ['a'] }, ['d', 'abc', 'e']],
    ['two circles in a row', { a: ['b'], b: ['a', 'c'], c: ['e'], e: ['c'] }, ['ce', 'ab']],
    ['what is not written is not waited for', { a: ['elsewhere'] }, ['a']],
  ])('%s', (_, needs, groups) => expect(order(needs)).toEqual(groups))

  it('puts up with a chain as long as there are rows', () => {
    const chain = Array.from({ length: 5_000 }, (_, n) => n)
    const groups = inOrder(chain, (n) => (n + 1 < chain.length ? [n + 1] : []))
    expect(groups).toEqual(chain.toReversed().map((n) => [n]))
  })

  it('never writes a row before what it points at, in any graph', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = (n: number) => (seed * 2_654_435_761 * (n + 7)) % 4_294_967_296
      const needs = Array.from({ length: 12 }, (_, one) => Array.from({ length: random(one) % 4 }, (_, n) => random(one * 31 + n) % 12))
      const groups = inOrder([...needs.keys()], (one) => needs[one] ?? [])
      const place = new Map(groups.flatMap((group, at) => group.map((one) => [one, at] as const)))
      expect(place.size).toBe(12)
      for (const [one, all] of needs.entries()) for (const need of all) expect(place.get(need)).toBeLessThanOrEqual(place.get(one) ?? -1)
    }
  })
})
