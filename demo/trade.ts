import { productCreated, productDeleted, productRestored, userCreated, userLeft } from './audit'
import { managerAt, officeMoments } from './backoffice'
import { DAY_MS, HOUR_MS, monthsBefore, openHours, shopDay, shopDays, timeOfDay, type ShopDay } from './calendar'
import { catalogue } from './catalogue'
import { createIds } from './cuid'
import { createRandom, type Random } from './random'
import { note, sell, type Moment, type Shop } from './shop'
import { hireStaff, isEmployed } from './staff'
import { openShelf } from './stock'

export type Trade = Pick<Shop, 'staff' | 'shelves' | 'sales' | 'items' | 'deshelvings' | 'auditLogs'> & {
  /** the first moment of the months played, on the shop's clock */
  from: Date
}

const MONTHS = 4
const SET_UP_DAYS = 9

/** Products that come and go, as a share of the months played; one is deleted by mistake and brought back. */
const ARRIVALS: Record<string, number> = {
  'Ofada Rice 2 kg': 0.16, 'Shea Butter 200 g': 0.38, 'USB-C Cable 1 m': 0.57, 'Chapman Mocktail 50 cl': 0.79,
}
const DEPARTURES: Record<string, number> = {
  'Mop with Stick': 0.31, 'Geisha Mackerel 155 g': 0.52, 'Cocoa Butter Cream 500 ml': 0.73, 'Plastic Bowl 10 L': 0.94,
}
const MISTAKE = { name: 'Peak Milk Powder 360 g', share: 0.86 }

/**
 * Four months of trade that end at `now`, as rows in the order they came about. Nothing but `seed` and `now` decides
 * them. The shop is `historyDays` older than the trade played, and the days it took to set it up.
 */
export function simulateTrade({ seed, now, historyDays = 0 }: { seed: number; now: Date; historyDays?: number }): Trade {
  const from = shopDay(monthsBefore(now, MONTHS)).midnight
  const shop = foundShop(seed, from, now, historyDays)
  const changes = changesOfRange(shop, from, now, createRandom(`${seed} range`))
  for (const day of shopDays(from, now)) {
    const random = createRandom(`${seed} ${day.date}`)
    const today = changes.filter(({ at }) => shopDay(at).date === day.date)
    const moments = [...today, ...officeMoments(shop, day, random), ...saleMoments(shop, day, random)]
    moments.sort((a, b) => a.at.getTime() - b.at.getTime())
    for (const { at, happens } of moments) if (at <= now) happens(at)
  }
  return { ...shop, from }
}

function foundShop(seed: number, from: Date, now: Date, historyDays: number): Shop {
  const ids = createIds(createRandom(`${seed} ids`))
  const foundedAt = timeOfDay(shopDay(new Date(from.getTime() - (historyDays + SET_UP_DAYS) * DAY_MS)), 9.4)
  const staff = hireStaff(ids, foundedAt, from, now)
  const shop: Shop = { ids, staff, shelves: [], sales: [], items: [], deshelvings: [], auditLogs: [] }
  const owner = ownerOf(shop)
  for (const { row, joinsAt } of staff) if (joinsAt < from) note(shop, joinsAt, userCreated(row, owner))
  catalogue.forEach(({ name }, position) => {
    if (ARRIVALS[name] === undefined) addProduct(shop, position, new Date(foundedAt.getTime() + HOUR_MS + position * 97_313))
  })
  return shop
}

function addProduct(shop: Shop, position: number, at: Date, by = ownerOf(shop)): void {
  const shelf = openShelf(catalogue, position, shop.ids(at), at)
  shop.shelves.push(shelf)
  note(shop, at, productCreated(shelf, by))
}

function ownerOf(shop: Shop) {
  const owner = shop.staff.find(({ row }) => row.role === 'SUPER_ADMIN')
  if (!owner) throw new Error('the shop has no owner')
  return owner.row
}

/** People and products that come and go. */
function changesOfRange(shop: Shop, from: Date, now: Date, random: Random): Moment[] {
  const owner = ownerOf(shop)
  const during = (share: number) => {
    const day = shopDay(new Date(from.getTime() + share * (now.getTime() - from.getTime())))
    return timeOfDay(day, 13 + random.next() * 4)
  }
  const people = shop.staff.flatMap(({ row, joinsAt, leavesAt }): Moment[] => [
    ...(joinsAt < from ? [] : [{ at: joinsAt, happens: (at: Date) => note(shop, at, userCreated(row, owner)) }]),
    ...(leavesAt ? [{ at: leavesAt, happens: (at: Date) => note(shop, at, userLeft(row.id, owner)) }] : []),
  ])
  const arrivals = Object.entries(ARRIVALS).map(([name, share]): Moment => {
    const position = catalogue.findIndex((item) => item.name === name)
    return { at: during(share), happens: (at) => addProduct(shop, position, at, managerAt(shop, at, random)) }
  })
  const departures = Object.entries(DEPARTURES).map(([name, share]): Moment => {
    return { at: during(share), happens: (at) => setDeleted(shop, name, at, at) }
  })
  const mistake = during(MISTAKE.share)
  const noticed = new Date(mistake.getTime() + 1_312_400)
  return [
    ...people,
    ...arrivals,
    ...departures,
    { at: mistake, happens: (at) => setDeleted(shop, MISTAKE.name, at, at) },
    { at: noticed, happens: (at) => setDeleted(shop, MISTAKE.name, at, null) },
  ]
}

function setDeleted(shop: Shop, name: string, at: Date, deletedAt: Date | null): void {
  const shelf = shop.shelves.find((candidate) => candidate.name === name)
  if (!shelf) throw new Error(`no product is called ${name}`)
  Object.assign(shelf, { deletedAt, updatedAt: at })
  note(shop, at, deletedAt ? productDeleted(shelf.id, deletedAt, ownerOf(shop)) : productRestored(shelf.id, ownerOf(shop)))
}

/** Two cashiers in the morning, three from the afternoon on; at a full till a manager helps. */
function saleMoments(shop: Shop, day: ShopDay, random: Random): Moment[] {
  const employed = shop.staff.filter((member) => member.row.role === 'CASHIER' && isEmployed(member, timeOfDay(day, 20)))
  const crew = random.shuffle(employed).map(({ row }) => row.id)
  const mood = 0.9 + random.next() * 0.2
  return openHours(day).flatMap(({ hour, startsAt, sales }) =>
    Array.from({ length: random.poisson(sales * mood) }, (): Moment => {
      const at = new Date(startsAt.getTime() + Math.floor(random.next() * HOUR_MS))
      const onDuty = hour < 14 ? crew.slice(0, 2) : crew.slice(2, 5)
      const cashierId = random.chance(0.03) ? managerAt(shop, at, random).id : random.pick(onDuty)
      return { at, happens: (moment) => sell(shop, moment, cashierId, random) }
    }),
  )
}
