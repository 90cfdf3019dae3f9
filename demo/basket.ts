import type { Random } from './random'
import type { PaymentMode } from './rows'

export const VAT_PERCENTAGE = 7.5

/** What stands on a shelf. */
export type Offer = { id: string; price: number; quantity: number; weight: number; most: number }
export type BasketLine = { productId: string; quantity: number; price: number }
export type SaleTotals = { subtotal: number; vatAmount: number; vatPercentage: number; totalAmount: number }

/** Which share of sales has at most one line, two, …; the rest has ten. */
export const BASKET_SIZES = [0.27, 0.5, 0.67, 0.79, 0.87, 0.92, 0.955, 0.977, 0.99]

/** How many of one thing a customer takes, mostly one; `draw` is at least 0 and less than 1. */
export const unitsTaken = (draw: number, most: number) => 1 + Math.floor(draw ** 3 * most)

/** Different products, none more often than it is there; empty when the shelves are. */
export function drawBasket(offers: readonly Offer[], random: Random): BasketLine[] {
  const draw = random.next()
  const size = 1 + BASKET_SIZES.filter((share) => share <= draw).length
  const lines: BasketLine[] = []
  const left = offers.filter(({ quantity }) => quantity > 0)
  while (lines.length < size) {
    const offer = random.pickWeighted(left, weightOf)
    if (!offer) break
    left.splice(left.indexOf(offer), 1)
    const quantity = Math.min(offer.quantity, unitsTaken(random.next(), offer.most))
    lines.push({ productId: offer.id, quantity, price: offer.price })
  }
  return lines
}

const weightOf = ({ weight }: Offer) => weight

/** Naira; VAT comes on top, to the kobo. */
export function saleTotals(lines: readonly BasketLine[]): SaleTotals {
  const subtotal = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
  const vatAmount = Math.round(subtotal * VAT_PERCENTAGE) / 100
  return { subtotal, vatAmount, vatPercentage: VAT_PERCENTAGE, totalAmount: Math.round((subtotal + vatAmount) * 100) / 100 }
}

/** Small sums are paid in cash, large ones by transfer. */
export function drawPaymentMode(totalAmount: number, random: Random): PaymentMode {
  const cash = totalAmount < 3_000 ? 56 : totalAmount < 15_000 ? 34 : 14
  const transfer = totalAmount < 3_000 ? 18 : totalAmount < 15_000 ? 26 : 44
  const draw = random.next() * 100
  if (draw < cash) return 'CASH'
  if (draw < cash + transfer) return 'BANK_TRANSFER'
  return draw < 99 ? 'CARD' : 'OTHER'
}
