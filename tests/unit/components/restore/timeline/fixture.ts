import type { EventGroup, SetMark, TimelineSlice } from '@/lib/restore/timeline/schema'
import type { Sale, ShopEvent } from '@/lib/salespider/life/schema'
import { type Layout, layoutOf } from '@/components/restore/timeline/layout'
import { type Scale, type Span, scaleOf } from '@/components/restore/timeline/scale'

/** "2026-11-24T14:03:21" on a clock that is an hour ahead of UTC */
export const lagos = (wall: string) => Date.parse(`${wall}+01:00`)

export function event(wall: string, kind: ShopEvent['kind'] = 'product-repriced', more: Partial<ShopEvent> = {}): ShopEvent {
  const at = lagos(wall)
  return {
    id: `event ${wall} ${kind}`, at: new Date(at), kind, who: 'Ada', what: 'Indomie Chicken 70 g', detail: {},
    before: new Date(Math.ceil(at / 1_000) * 1_000 - 1_000).toISOString(), ...more,
  }
}

export function group(wall: string, more: Partial<EventGroup> & { kind?: ShopEvent['kind'] } = {}): EventGroup {
  const { kind, ...rest } = more
  const at = lagos(wall)
  return { at, to: at, count: 1, deletions: kind?.endsWith('-deleted') ? 1 : 0, first: event(wall, kind), ...rest }
}

export function set(wall: string, type: SetMark['type'], more: Partial<SetMark> = {}): SetMark {
  return { repo: 1, label: `${type} ${wall}`, type, at: lagos(wall), timeline: 1, isOnLiveLineage: true, isUsable: true, count: 1, ...more }
}

export function sale(wall: string, amount: string): Sale {
  return { id: `sale ${wall}`, at: new Date(lagos(wall)), amount, cashier: 'Tunde', payment: 'card' }
}

export function slice(from: number, to: number, more: Partial<TimelineSlice> = {}): TimelineSlice {
  return {
    from, to, now: to, bin: 600, reading: 'ok', readAt: to, bars: [], sales: [], events: [], sets: [], reach: [], gaps: [], branches: [], segments: [], points: [],
    all: { from, to, days: [] }, ...more,
  }
}

export function stage(shown: Span, width = 1_200): { scale: Scale; layout: Layout } {
  const layout = layoutOf(shown, width, false)
  return { layout, scale: scaleOf(shown, layout.left, layout.right) }
}
