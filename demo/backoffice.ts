import type { Actor } from './audit'
import { DAY_MS, timeOfDay, type ShopDay } from './calendar'
import type { Random } from './random'
import { deshelve, isOnSale, reprice, restock, type Moment, type Shop } from './shop'
import { isEmployed } from './staff'
import { drawLoss, labelPrice, unitsToOrder, type Shelf } from './stock'

const MINUTE = 1 / 60

/** What managers do on a day: deliveries, prices, and what leaves the shelves unsold. */
export function officeMoments(shop: Shop, day: ShopDay, random: Random): Moment[] {
  return [...deliveries(shop, day, random), ...priceReview(shop, day, random), ...reductions(shop, day, random),
    ...expired(shop, day, random), ...accidents(shop, day, random)]
}

export function managerAt(shop: Shop, at: Date, random: Random) {
  const managers = shop.staff.filter((member) => member.row.role !== 'CASHIER' && isEmployed(member, at))
  const byRole = ({ row }: (typeof managers)[number]) => (row.role === 'MANAGER' ? 10 : 1)
  return (random.pickWeighted(managers, byRole) ?? random.pick(managers)).row
}

/** Suppliers come in the morning; now and then one does not. */
function deliveries(shop: Shop, day: ShopDay, random: Random): Moment[] {
  const due = shop.shelves.filter((shelf) => shelf.deliveryDays.includes(day.weekday) && !random.chance(0.07))
  const manager = managerAt(shop, day.midnight, random)
  let hour = 7 + random.next()
  return due.map((shelf) => {
    hour += (0.5 + random.next()) * MINUTE
    return {
      at: timeOfDay(day, hour),
      happens: (at) => {
        const units = isOnSale(shelf) ? unitsToOrder(shelf) : 0
        if (units > 0) restock(shop, at, shelf, units, manager)
      },
    }
  })
}

/** On Mondays reductions end, and what has become dearer to buy becomes dearer to sell. */
function priceReview(shop: Shop, day: ShopDay, random: Random): Moment[] {
  if (day.weekday !== 1) return []
  const manager = managerAt(shop, day.midnight, random)
  const steady = shop.shelves.filter(({ repricedAt }) => day.midnight.getTime() - repricedAt.getTime() > 40 * DAY_MS)
  const dearer = new Set(random.shuffle(steady).slice(0, random.between(4, 8)))
  const changed = shop.shelves.filter((shelf) => dearer.has(shelf) || shelf.price !== shelf.usualPrice)
  let hour = 7.2 + random.next() * 0.5
  return changed.map((shelf) => {
    hour += (0.4 + random.next()) * MINUTE
    const usualPrice = dearer.has(shelf) ? labelPrice(shelf.usualPrice, 0.03 + random.next() * 0.07) : shelf.usualPrice
    return { at: timeOfDay(day, hour), happens: (at) => setPrice(shop, at, shelf, { usualPrice, price: usualPrice }, manager) }
  })
}

/** Weekend offers. */
function reductions(shop: Shop, day: ShopDay, random: Random): Moment[] {
  if (day.weekday !== 5 || random.chance(0.4)) return []
  const manager = managerAt(shop, day.midnight, random)
  return random.shuffle(shop.shelves).slice(0, random.between(1, 3)).map((shelf, index) => {
    const price = labelPrice(shelf.usualPrice, -random.pick([0.05, 0.1, 0.15]))
    const { usualPrice } = shelf
    return {
      at: timeOfDay(day, 8.5 + index * MINUTE + random.next() * MINUTE),
      happens: (at) => setPrice(shop, at, shelf, { usualPrice, price }, manager),
    }
  })
}

function setPrice(
  shop: Shop,
  at: Date,
  shelf: Shelf,
  { usualPrice, price }: Pick<Shelf, 'usualPrice' | 'price'>,
  by: Actor,
): void {
  if (!isOnSale(shelf)) return
  if (usualPrice !== shelf.usualPrice) Object.assign(shelf, { usualPrice, repricedAt: at })
  reprice(shop, at, shelf, price, by)
}

/** Before closing the fresh shelves are looked through. */
function expired(shop: Shop, day: ShopDay, random: Random): Moment[] {
  const manager = managerAt(shop, day.midnight, random)
  return shop.shelves.filter(({ perishable }) => perishable && random.chance(0.13)).map((shelf, index) => {
    const share = random.next() * 0.5
    const loss = { reason: 'EXPIRED', description: 'Past its date' }
    return {
      at: timeOfDay(day, 19.6 + index * 2 * MINUTE + random.next() * MINUTE),
      happens: (at) => deshelve(shop, at, shelf, { ...loss, quantity: Math.ceil(shelf.quantity * share) }, manager),
    }
  })
}

function accidents(shop: Shop, day: ShopDay, random: Random): Moment[] {
  if (!random.chance(0.45)) return []
  const shelf = random.pickWeighted(shop.shelves, ({ perishable, weight }) => (perishable ? 0 : weight))
  if (!shelf) return []
  const manager = managerAt(shop, day.midnight, random)
  const loss = { ...drawLoss(random), quantity: random.between(1, 4) }
  const happens = (at: Date) => (isOnSale(shelf) ? deshelve(shop, at, shelf, loss, manager) : undefined)
  return [{ at: timeOfDay(day, 12.5 + random.next() * 6), happens }]
}
