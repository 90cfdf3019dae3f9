import type { Offer } from './basket'
import { gtinOf, type CatalogueItem } from './catalogue'
import type { Random } from './random'
import type { ProductRow } from './rows'

/** A product, what is known of its demand, and how it is kept in stock. */
export type Shelf = ProductRow &
  Offer & {
    perishable: boolean
    /** what it costs when it is not reduced */
    usualPrice: number
    /** when that last changed */
    repricedAt: Date
    /** units sold on a usual day */
    dailyDemand: number
    /** on which its supplier comes, 0 is Sunday */
    deliveryDays: number[]
  }

const LINES_PER_DAY = 720
const SUPPLIER_ROUNDS = [[1, 4], [2, 5], [3, 6]]
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]

/** Fills a new shelf. `position` is the product's in the catalogue. */
export function openShelf(catalogue: readonly CatalogueItem[], position: number, id: string, createdAt: Date): Shelf {
  const item = catalogue[position]
  if (!item) throw new RangeError(`the catalogue has no position ${position}`)
  const whole = catalogue.reduce((sum, { weight }) => sum + weight, 0)
  const dailyDemand = (LINES_PER_DAY * item.weight * unitsPerLine(item.most)) / whole
  const shelf: Shelf = {
    ...item,
    id,
    usualPrice: item.price,
    repricedAt: new Date(0),
    quantity: 0,
    dailyDemand,
    lowStockMargin: Math.max(2, Math.ceil(dailyDemand * (item.perishable ? 0.5 : 2))),
    deliveryDays: item.perishable ? EVERY_DAY : (SUPPLIER_ROUNDS[position % SUPPLIER_ROUNDS.length] ?? EVERY_DAY),
    gtin: gtinOf(position),
    createdAt,
    updatedAt: createdAt,
    deletedAt: null,
  }
  return { ...shelf, quantity: unitsToOrder(shelf) }
}

/** In whole packs, up to two weeks' demand, or a good day's for what does not keep; 0 when enough is there. */
export function unitsToOrder({ quantity, dailyDemand, perishable, price }: Shelf): number {
  if (quantity > dailyDemand * (perishable ? 0.9 : 5)) return 0
  const pack = perishable || price > 20_000 ? 2 : price > 4_000 ? 6 : price > 1_000 ? 12 : 24
  const wanted = dailyDemand * (perishable ? 1.7 : 14) - quantity
  return Math.max(1, Math.ceil(wanted / pack)) * pack
}

/** Changes by that share, to a price one can put on a label. */
export function labelPrice(price: number, change: number): number {
  const step = price < 1_000 ? 10 : price < 10_000 ? 50 : 100
  return Math.max(step, Math.round((price * (1 + change)) / step) * step)
}

const losses = [
  { reason: 'DAMAGED', description: 'Dropped while shelving', weight: 20 },
  { reason: 'DAMAGED', description: 'Carton arrived wet', weight: 14 },
  { reason: 'DAMAGED', description: 'Pack torn, not fit for sale', weight: 14 },
  { reason: 'RETURNED', description: 'Customer return, seal broken', weight: 12 },
  { reason: 'STOLEN', description: 'Missing after the evening count, seen on camera', weight: 12 },
  { reason: 'LOST', description: 'Count differs from the book', weight: 12 },
  { reason: 'QUALITY_CONTROL', description: 'Taken out for a check of the batch', weight: 7 },
  { reason: 'TRANSFER', description: 'Moved to the Surulere store', weight: 6 },
  { reason: 'RECALL', description: 'Supplier called the batch back', weight: 3 },
]

/** Why a product that keeps leaves its shelf unsold. */
export const drawLoss = (random: Random) => random.pickWeighted(losses, ({ weight }) => weight) ?? random.pick(losses)

/** The mean of unitsTaken over all draws. */
function unitsPerLine(most: number): number {
  let mean = 1
  for (let units = 1; units < most; units += 1) mean += 1 - Math.cbrt(units / most)
  return mean
}
