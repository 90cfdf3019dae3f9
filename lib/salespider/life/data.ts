/** What the dashboard asks of the shop. Nothing here fails because the shop does: see `Told`. */
import { type ShopDb, shopDb } from '@/lib/shop-db'
import { type CellRow, countDeletedSince, listCells, listEventsById, listEventsIn, searchEvents } from './events/data'
import { isDeletion } from './events/rules'
import { type Told, askShop } from './memory/data'
import { partsSince, sumOf, worstOf } from './rules'
import { type BinRow, findFirstSale, listBins, listSales, readTally } from './sales/data'
import type { Around, Reading, Sale, ShopEvent, Tally } from './schema'

/** The starts of bins in ms, in order, and the end of the last. */
type Edges = readonly number[]
const endsOf = (edges: Edges) => ({ from: new Date(edges[0] ?? 0), to: new Date(edges.at(-1) ?? 0) })
const keyOf = (what: string, edges: Edges, most: number) => [what, edges[0], edges.at(-1), edges.length, most].join(' ')

export type SalesSlice = { bins: BinRow[]; sales: Sale[] }

/** Sales by bin; and every sale by itself, where they are at most `most`. */
export function readSales(shop: ShopDb, edges: Edges, most: number, now: Date): Promise<Told<SalesSlice>> {
  const stretch = endsOf(edges)
  return askShop(shop, {
    key: keyOf('sales', edges, most), isPast: stretch.to < now,
    async ask(query, tables) {
      const bins = await listBins(query, tables, edges)
      const count = bins.reduce((sum, bin) => sum + bin.count, 0)
      return { bins, sales: count > 0 && count <= most ? await listSales(query, tables, stretch, most) : [] }
    },
  })
}

export type EventCell = Omit<CellRow, 'first'> & { first: ShopEvent }

/** Every event by itself, where they are at most `most`; else by the cells between the edges. */
export function readEvents(shop: ShopDb, edges: Edges, most: number, now: Date): Promise<Told<EventCell[]>> {
  const stretch = endsOf(edges)
  return askShop(shop, {
    key: keyOf('events', edges, most), isPast: stretch.to < now,
    async ask(query, tables) {
      const cells = await listCells(query, tables, edges)
      const isFew = cells.reduce((sum, { count }) => sum + count, 0) <= most
      if (isFew) return (await listEventsIn(query, tables, stretch, most)).map(toCell)
      const firsts = await listEventsById(query, tables, cells.map(({ first }) => first))
      const byId = new Map(firsts.map((event) => [event.id, event]))
      return cells.flatMap(({ first: id, ...cell }) => (byId.has(id) ? [{ ...cell, first: byId.get(id) as ShopEvent }] : []))
    },
  })
}

function toCell(event: ShopEvent): EventCell {
  return { at: event.at, to: event.at, count: 1, deletions: isDeletion(event.kind) ? 1 : 0, first: event }
}

/** When the first sale was made: it is asked for seldom, because it does not change. */
export function readFirstSale(shop: ShopDb): Promise<Told<Date | null>> {
  return askShop(shop, { key: 'first', isPast: true, ask: (query) => findFirstSale(query) })
}

/** What happened nearest to a time, `before` with the time itself; in order of time. */
export function readAround(shop: ShopDb, at: Date, before: number, after: number): Promise<Told<Around>> {
  const behind = new Date(at.getTime() + 1)
  const [past, future] = [{ from: new Date(0), to: behind }, { from: behind }]
  return askShop(shop, {
    key: `around ${at.toISOString()} ${before} ${after}`, isPast: false,
    ask: async (query, tables) => ({
      sales: {
        before: await listSales(query, tables, past, before, 'last'), after: await listSales(query, tables, future, after),
      },
      events: {
        before: await listEventsIn(query, tables, past, before, 'last'), after: await listEventsIn(query, tables, future, after),
      },
      deletedSince: await countDeletedSince(query, tables, at),
    }),
  })
}

export type EventSearch = { search: string; onlyDeletions: boolean; before: { at: Date; id: string } | null }

/** Newest first. */
export function readEventSearch(shop: ShopDb, asked: EventSearch, most: number): Promise<Told<ShopEvent[]>> {
  return askShop(shop, {
    key: `search ${most} ${JSON.stringify(asked)}`, isPast: false,
    ask: (query, tables) => searchEvents(query, tables, asked, most),
  })
}

/** The sales made after a time, which a switch to it would leave behind. `tally` is null where the shop could not be read. */
export async function readTallySince(
  at: Date, now = new Date(), shop = shopDb(),
): Promise<{ reading: Reading; readAt: Date | null; tally: Tally | null }> {
  const after = new Date(at.getTime() + 1)
  const told = await Promise.all(partsSince(after, now).map(({ isPast, ...stretch }) => askShop(shop, {
    key: `tally ${stretch.from.toISOString()} ${stretch.to?.toISOString()}`, isPast,
    ask: (query, tables) => readTally(query, tables, stretch),
  })))
  const tallies = told.flatMap(({ value }) => (value ? [value] : []))
  return { ...worstOf(told), tally: tallies.length === told.length ? sumOf(tallies) : null }
}
