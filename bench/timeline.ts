/** What the restore timeline costs at 10,000 sets and a year with a million sales: bytes of its answers, and the server's time. */
import { gzipSync } from 'node:zlib'
import { readMoment, readTimeline } from '@/lib/restore/timeline/data'
import { startControl } from '../tests/support/control'
import { MANY_EVENTS, MANY_SALES, PEOPLE_AND_PRODUCTS, createShop, fillClock, fillSets } from '../tests/support/life'
import { startPostgres } from '../tests/support/postgres'
import { percentile, round, timed } from './figures'

const [HOUR, DAY] = [3_600_000, 86_400_000]
const VIEWS = { minute: HOUR / 60, hour: HOUR, day: DAY, month: 30 * DAY, fourMonths: 120 * DAY, year: 365 * DAY }
const RUNS = 20

export async function benchTimeline() {
  const [control, postgres] = await Promise.all([startControl(), startPostgres()])
  const shop = await createShop(postgres.url, 'shop')
  const now = new Date()
  const begin = new Date(now.getTime() - 365 * DAY)
  try {
    await shop.sql(PEOPLE_AND_PRODUCTS)
    await shop.sql(MANY_SALES, [1_000_000, begin.toISOString(), now.toISOString()])
    await shop.sql(MANY_EVENTS, [20_000, begin.toISOString(), now.toISOString()])
    await shop.sql('VACUUM ANALYZE')
    await fillSets(control.db, control.stanza, 10_000, begin, now)
    await fillClock(control.db, control.stanza, begin, now)
    const views: Record<string, unknown> = {}
    for (const [name, span] of Object.entries(VIEWS)) {
      // Each run another view: this is about what is not remembered.
      const read = (run: number) => {
        const to = now.getTime() - run * Math.ceil(span / 10)
        return readTimeline(control.db, control.stanza, { from: to - span, to, bars: 200 }, now, shop.db)
      }
      const text = JSON.stringify(await read(0))
      views[name] = { bytes: text.length, gzipBytes: gzipSync(text).length, ...(await figures(read)) }
    }
    const moment = await figures((run) => readMoment(new Date(now.getTime() - run * DAY - run), now, shop.db))
    return { sets: 10_000, sales: 1_000_000, events: 20_000, views, moment }
  } finally {
    await shop.close()
    await postgres.stop()
    await control.stop()
  }
}

async function figures(read: (run: number) => Promise<unknown>) {
  const times: number[] = []
  for (let run = 1; run <= RUNS; run += 1) times.push(await timed(() => read(run)))
  return { p50Ms: round(percentile(times, 50), 1), p95Ms: round(percentile(times, 95), 1) }
}
