import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { FormatProvider } from '@/components/format-provider'
import { Notices } from '@/components/restore/timeline/notices'
import { Plot } from '@/components/restore/timeline/plot'
import type { Span } from '@/components/restore/timeline/scale'
import { TimelineTable } from '@/components/restore/timeline/timeline-table'
import { useStage } from '@/components/restore/timeline/use-stage'
import { binOf, piecesOf } from '@/components/restore/timeline/bins'
import { LOCALE, messages } from '@/lib/i18n'
import type { TimelineSlice } from '@/lib/restore/timeline/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { restoreView } from '../view'
import { group, lagos, sale, set, slice, stage } from './fixture'

const ZONE = 'Africa/Lagos'
const now = new Date(lagos('2026-11-22T17:15:34'))
const moment = new Date(lagos('2026-11-22T14:03:21'))
const day = { from: lagos('2026-11-22T00:00:00'), to: lagos('2026-11-23T00:00:00') }
const minute = { from: lagos('2026-11-22T14:02:51'), to: lagos('2026-11-22T14:03:51') }
const view: RestoreView = restoreView({
  now, timelines: [{ id: 1, parents: [], beganAt: null, endedAt: null, isLive: true, isAncestor: true }],
  windows: [{
    timeline: 1, isLive: true, repo: 1, earliest: new Date(lagos('2026-11-22T02:04:11')), latest: new Date(lagos('2026-11-22T17:14:57')), latestLsn: '0/9000000',
    gaps: [{ repo: 1, timeline: 1, first: '00000001000000000000000A', last: '00000001000000000000000C', from: new Date(lagos('2026-11-22T06:00:00')), to: new Date(lagos('2026-11-22T08:10:00')) }],
    rpoSeconds: 37,
  }],
})
const deletions = ['14:03:22', '14:03:31', '14:03:44'].map((time) => group(`2026-11-22T${time}`, { kind: 'product-deleted' }))
const shop: Partial<TimelineSlice> = {
  now: now.getTime(), readAt: now.getTime(), events: deletions, sets: [set('2026-11-22T02:04:10', 'full'), set('2026-11-22T13:22:19', 'incr')],
  bars: [[lagos('2026-11-22T13:50:00'), 6, 40_000], [lagos('2026-11-22T14:00:00'), 4, 20_000]],
  reach: [
    { timeline: 1, from: lagos('2026-11-22T02:04:11'), to: lagos('2026-11-22T06:00:00'), isLive: true },
    { timeline: 1, from: lagos('2026-11-22T08:10:00'), to: lagos('2026-11-22T17:14:57'), isLive: true },
  ],
  gaps: [{ timeline: 1, first: '00000001000000000000000A', last: '00000001000000000000000C', from: lagos('2026-11-22T06:00:00'), to: lagos('2026-11-22T08:10:00') }],
}
const whole = slice(day.from, day.to, { ...shop, all: { from: day.from, to: now.getTime(), days: [[day.from, 150, 1]] } })

type Shown = { shown: Span; at: Date | null; read?: Partial<TimelineSlice>; since?: number; compact?: boolean; seen?: Partial<RestoreView> }

function Staged({ shown, at, compact = false, seen }: Shown) {
  const still = { jump: () => undefined, glide: () => undefined }
  const result = useStage({
    view: { ...view, ...seen }, plan: null, at, onAt: () => undefined, onSet: () => undefined, shown, width: 1_160, isCompact: compact, whole,
    bounds: { earliest: day.from, now: now.getTime() }, motion: still,
  })
  return <><Plot stage={result} /><Notices stage={result} /></>
}

/** As the page is once everything has been read. */
function drawn({ shown, at, read = {}, since = 37, ...more }: Shown): string {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, gcTime: Infinity } } })
  const { seen } = piecesOf({ from: shown.from, to: Math.min(shown.to, now.getTime()) }, binOf(stage(shown, 1_160).scale.msPerPx), ZONE)
  for (const { from, to, bars, bin } of seen) {
    const within = <T extends { at: number }>(all: T[]) => all.filter((one) => one.at >= from && one.at < to)
    client.setQueryData(['restore-timeline', from, to, bars], slice(from, to, {
      ...shop, bin: bin / 1_000, events: within(deletions), bars: shop.bars?.filter(([start]) => start >= from && start < to), ...read,
    }))
  }
  if (at) {
    const around = { at, reading: 'ok', readAt: now, before: [], after: [], since: { count: since, takings: '412300' }, deletedSince: 3 }
    client.setQueryData(['restore-moment', at.toISOString()], around)
  }
  return render(<Staged shown={shown} at={at} {...more} />, client)
}

function render(children: ReactNode, client: QueryClient): string {
  const onError = (error: Error) => {
    throw error
  }
  return renderToStaticMarkup(
    <IntlProvider locale={LOCALE} messages={messages} timeZone="UTC" onError={onError}>
      <QueryClientProvider client={client}>
        <FormatProvider options={{ timeZone: ZONE, dateFormat: 'dd/MM/yyyy', timeFormat: 'HH:mm', locale: LOCALE }} now={now}>{children}</FormatProvider>
      </QueryClientProvider>
    </IntlProvider>,
  )
}

const textOf = (markup: string) => markup.replaceAll(/<[^>]+>/g, ' ').replaceAll('&#x27;', "'").replaceAll(/\s+/g, ' ')

describe('the drawing', () => {
  it('says the day, the moment on both clocks, the gap, and what would be lost', () => {
    const text = textOf(drawn({ shown: day, at: moment }))
    for (const words of ['Sun 22 Nov 2026', '14:03:21 13:03:21 UTC', 'now', 'gap, 2 h 10 min', '37 s not archived yet', 'incr 13:22', 'per 10 min', '₦412,300', '37 sales would be lost']) {
      expect(text).toContain(words)
    }
  })

  it('is hidden from screen readers, which have the playhead', () => {
    const markup = drawn({ shown: day, at: moment })
    expect(markup).toMatch(/<svg aria-hidden="true"/)
    expect(markup).toContain('role="slider"')
    expect(markup).toContain('aria-valuetext="Sunday 22 Nov, 14:03:21, reachable, 37 sales after it"')
    expect(markup).toContain(`aria-valuenow="${moment.getTime() / 1_000}"`)
  })

  it('offers to go back to just before the first deletion', () => {
    const text = textOf(drawn({ shown: day, at: moment }))
    expect(text).toContain('Ada deleted Indomie Chicken 70 g')
    expect(text).toContain('14:03:22, 2 more in 22 s')
    expect(text).toContain('Restore to just before this')
    expect(textOf(drawn({ shown: day, at: moment, compact: true }))).not.toContain('Restore to just before this')
  })

  it('tells each event and each sale, and names the segments, once it is near enough', () => {
    const read: Partial<TimelineSlice> = {
      sales: [sale('2026-11-22T14:02:58', '12650'), sale('2026-11-22T14:03:49', '8450')],
      segments: [{ name: '000000010000000300000001', marks: [minute.from - 40_000, minute.from] }, { name: '000000010000000300000002', marks: [minute.from + 16_000] }],
    }
    const text = textOf(drawn({ shown: minute, at: moment, read }))
    for (const words of ['14:03:31', 'Indomie Chicken 70 g', '₦12,650', '14:02:58 Tunde, card', '₦8,450', '000000010000000300000001', 'each, in ₦', '37 sales, ₦412,300 from here until now']) {
      expect(text).toContain(words)
    }
  })

  it('says why a moment cannot be had, and nothing of what would be lost', () => {
    const markup = drawn({ shown: day, at: new Date(lagos('2026-11-22T07:00:00')) })
    expect(markup).toContain('cannot be restored: WAL is missing from 22 Nov, 06:00 to 22 Nov, 08:10"')
    expect(markup).not.toContain('would be lost')
  })

  it('has no playhead without a moment, and says so', () => {
    const markup = drawn({ shown: day, at: null })
    expect(markup).toContain('aria-valuetext="No moment is chosen"')
    expect(textOf(markup)).not.toContain('13:03:21 UTC')
  })
})

describe('a shop that cannot be read', () => {
  const unread = { bars: [], sales: [], events: [] }
  it.each([
    ['down', 'does not answer: sales and events are not drawn'], ['slow', 'took too long to answer: sales and events are not drawn'],
    ['foreign', 'none of SaleSpider’s tables'], ['unset', 'no address of the shop’s database'],
  ] as const)('is told where it is %s, and backups are drawn all the same', (reading, words) => {
    const text = textOf(drawn({ shown: day, at: null, read: { reading, readAt: null, ...unread } }))
    expect(text).toContain(words)
    expect(text).toContain('incr 13:22')
    expect(text).toContain('gap, 2 h 10 min')
  })

  it('is drawn as it was remembered, with the time', () => {
    const text = textOf(drawn({ shown: day, at: null, read: { reading: 'down', readAt: lagos('2026-11-22T17:02:00') } }))
    expect(text).toContain('sales and events are those of 17:02:00')
  })
})

describe('the table', () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  client.setQueryData(['restore-timeline', day.from, day.to, 60], slice(day.from, day.to, {
    ...shop, bin: 3_600, bars: [[lagos('2026-11-22T14:00:00'), 6, 40_000]],
  }))
  const markup = render(<TimelineTable shown={day} view={view} at={moment} onAt={() => undefined} />, client)
  const rows = markup.split('<tr').slice(2).map(textOf)

  it('has a row an hour up to now', () => expect(rows).toHaveLength(18))

  it('tells what is in each, and marks that of the moment', () => {
    expect(rows[14]).toContain('Ada deleted Indomie Chicken 70 g; Ada deleted Indomie Chicken 70 g')
    expect(rows[14]).toMatch(/yes .*6 ₦40,000/)
    expect(rows[2]).toMatch(/in part full/)
    expect(markup.match(/aria-current="true"/g)).toHaveLength(1)
  })

  it('says why an hour cannot be had, and does not offer it', () => {
    expect(rows[0]).toContain('before the oldest backup that is kept')
    expect(rows[7]).toContain('WAL is missing from 22 Nov, 06:00 to 22 Nov, 08:10')
    expect(markup.match(/<button/g)).toHaveLength(18 - 3 - 2)
  })
})
