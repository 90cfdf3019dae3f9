import { type SalesSlice, readFirstSale, readSales } from '@/lib/salespider/life/data'
import type { Told } from '@/lib/salespider/life/memory/data'
import { worstOf } from '@/lib/salespider/life/rules'
import type { ShopDb } from '@/lib/shop-db'
import { type Bins, blocksOf, edgesOf, sumInto } from '../rules'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** What it shows at least, if the shop is as old; and at most */
const LEAST = 120 * DAY
const MOST = 5 * 366 * DAY

/** Everything by day, up to today. */
export type Strip = {
  from: number
  /** No sale is older */
  isWhole: boolean
  /** Days that are over: asked for by themselves, and a season at a time, they are remembered as they are */
  past: Told<SalesSlice>[]
  today: Told<SalesSlice>
}

export async function readStrip(shop: ShopDb, earliest: Date | null, zone: string, now: Date): Promise<Strip> {
  const { value: first } = await readFirstSale(shop)
  const shown = first ? Math.max(first.getTime(), now.getTime() - LEAST) : Infinity
  const begin = Math.max(now.getTime() - MOST, Math.min(now.getTime() - HOUR, shown, earliest?.getTime() ?? Infinity))
  const edges = edgesOf(begin, now.getTime() + 1, DAY, zone)
  const from = edges[0] ?? begin
  const parts = [edges.slice(-2), ...blocksOf(edges.slice(0, -1))]
  const [today, ...past] = await Promise.all(parts.map((days) => readSales(shop, days, 0, now)))
  if (!today) throw new RangeError('a strip without a day')
  return { from, isWhole: first !== null && first.getTime() >= from, past, today }
}

export function daysOf({ past, today }: Strip): SalesSlice['bins'] {
  return [...past, today].flatMap(({ value }) => value?.bins ?? [])
}

/** Sales of a view: whole days are the strip's, which are remembered, and not read once more. */
export async function readBars(
  shop: ShopDb, { bin, edges }: Bins, most: number, strip: Strip, now: Date,
): Promise<Told<SalesSlice>> {
  const isKnown = bin * 1_000 >= DAY && (strip.isWhole || (edges[0] ?? 0) >= strip.from)
  if (!isKnown) return readSales(shop, edges, most, now)
  const { reading } = worstOf([...strip.past, strip.today])
  return { reading, readAt: strip.today.readAt, value: { bins: sumInto(edges, daysOf(strip)), sales: [] } }
}
