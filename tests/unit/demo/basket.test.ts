import { describe, expect, it } from 'vitest'
import { drawBasket, saleTotals, unitsTaken, type Offer } from '@/demo/basket'
import { catalogue, gtinOf } from '@/demo/catalogue'
import { createIds } from '@/demo/cuid'
import { createRandom } from '@/demo/random'

const offer = (id: string, quantity: number): Offer => ({ id, price: 350, quantity, weight: 1, most: 12 })

describe('a basket', () => {
  it('holds different products, none more often than it is there', () => {
    const random = createRandom('baskets')
    const offers = [offer('a', 1), offer('b', 2), offer('c', 40), offer('d', 0)]
    for (let i = 0; i < 2_000; i += 1) {
      const lines = drawBasket(offers, random)
      expect(new Set(lines.map(({ productId }) => productId)).size).toBe(lines.length)
      for (const { productId, quantity } of lines) {
        expect(quantity).toBeGreaterThan(0)
        expect(quantity).toBeLessThanOrEqual(offers.find(({ id }) => id === productId)?.quantity ?? 0)
      }
    }
  })

  it('is empty when the shelves are', () => {
    expect(drawBasket([offer('a', 0)], createRandom('empty'))).toEqual([])
    expect(drawBasket([], createRandom('none'))).toEqual([])
  })

  it('adds VAT of 7.5 %, to the kobo', () => {
    const lines = [{ productId: 'a', quantity: 3, price: 350 }, { productId: 'b', quantity: 1, price: 110 }]
    expect(saleTotals(lines)).toEqual({ subtotal: 1160, vatAmount: 87, vatPercentage: 7.5, totalAmount: 1247 })
    expect(saleTotals([{ productId: 'a', quantity: 1, price: 850 }]).totalAmount).toBe(913.75)
  })

  it('takes between one and the most of a product', () => {
    expect([unitsTaken(0, 12), unitsTaken(0.999_999, 12), unitsTaken(0.999_999, 1)]).toEqual([1, 12, 1])
  })
})

describe('the catalogue', () => {
  it('has some 120 products with names and bar codes of their own', () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(115)
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
    expect(new Set(catalogue.map((_, position) => gtinOf(position))).size).toBe(catalogue.length)
  })

  it('has bar codes whose check digit is right', () => {
    for (const position of catalogue.keys()) {
      const digits = [...gtinOf(position)].map(Number)
      expect(digits).toHaveLength(13)
      expect(digits.reduce((sum, digit, index) => sum + digit * (index % 2 === 0 ? 1 : 3), 0) % 10).toBe(0)
    }
  })
})

describe('ids', () => {
  it('look like cuids and hold their time', () => {
    const at = new Date('2026-11-24T13:26:08.123Z')
    const ids = createIds(createRandom('ids'))
    const made = Array.from({ length: 1_000 }, () => ids(at))
    expect(new Set(made).size).toBe(1_000)
    for (const id of made) expect(id).toMatch(/^c[a-z0-9]{24}$/)
    expect(parseInt(made[0]?.slice(1, 9) ?? '', 36)).toBe(at.getTime())
  })
})
