import { describe, expect, it } from 'vitest'
import { actionOf } from '@/components/restore/timeline/keys'
import { dragged, edgeOf, eventBeside, stepped } from '@/components/restore/timeline/moments'
import { type Pickable, pickAt } from '@/components/restore/timeline/pick'
import { flagMarks, flagTop, iconMarks } from '@/components/restore/timeline/marks'
import type { RecoveryWindow } from '@/lib/restore/schema'
import { restoreView } from '../view'
import { event, group, lagos, set, stage } from './fixture'

const gap = { repo: 1, timeline: 1, first: '00000001000000000000000A', last: '00000001000000000000000C', from: new Date(lagos('2026-11-20T21:40:12')), to: new Date(lagos('2026-11-21T02:07:24')) }
const window: RecoveryWindow = {
  timeline: 1, isLive: true, repo: 1, earliest: new Date(lagos('2026-11-10T02:04:11')), latest: new Date(lagos('2026-11-22T17:14:57')),
  latestLsn: '0/9000000', gaps: [gap], rpoSeconds: 37,
}
const view = restoreView({
  now: new Date(lagos('2026-11-22T17:15:34')), windows: [window],
  timelines: [{ id: 1, parents: [], beganAt: null, endedAt: null, isLive: true, isAncestor: true }],
})
const at = (wall: string) => new Date(lagos(wall))

describe('keys', () => {
  const press = (key: string, more: object = {}) => actionOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

  it('step by a second, with Shift by a minute', () => {
    expect(press('ArrowRight')).toEqual({ type: 'step', ms: 1_000 })
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ type: 'step', ms: -60_000 })
  })

  it('zoom, pan, jump and go on', () => {
    expect([']', '[', 'PageUp', 'PageDown', 'Home', 'End', 'Enter'].map((key) => press(key))).toEqual([
      { type: 'event', direction: 1 }, { type: 'event', direction: -1 }, { type: 'pan', share: -0.5 }, { type: 'pan', share: 0.5 },
      { type: 'edge', edge: 'earliest' }, { type: 'edge', edge: 'latest' }, { type: 'enter' },
    ])
    const [closer, further] = [press('+'), press('-')]
    expect(closer?.type === 'zoom' && further?.type === 'zoom' && closer.factor * further.factor).toBeCloseTo(1)
  })

  it('are the browser’s with a modifier, and where they are not ours', () => {
    expect([press('+', { ctrlKey: true }), press('ArrowLeft', { altKey: true }), press('a'), press('Tab')]).toEqual([null, null, null, null])
  })
})

describe('edges', () => {
  it('are the first and last whole second', () => {
    expect(edgeOf('earliest', view)).toEqual(at('2026-11-10T02:04:11'))
    expect(edgeOf('latest', view)).toEqual(at('2026-11-22T17:14:57'))
  })

  it('are none where nothing can be restored', () => {
    expect(edgeOf('latest', { ...view, windows: [] })).toBeNull()
  })
})

describe('stepping', () => {
  it('goes on by as much as was asked', () => {
    expect(stepped(at('2026-11-22T14:03:21'), 1_000, view)).toEqual(at('2026-11-22T14:03:22'))
  })

  it('crosses a gap, both ways', () => {
    expect(stepped(at('2026-11-20T21:40:12'), 1_000, view)).toEqual(at('2026-11-21T02:07:24'))
    expect(stepped(at('2026-11-21T02:07:24'), -60_000, view)).toEqual(at('2026-11-20T21:40:12'))
  })

  it('stops at the ends', () => {
    expect(stepped(at('2026-11-22T17:14:50'), 60_000, view)).toEqual(at('2026-11-22T17:14:57'))
    expect(stepped(at('2026-11-22T17:14:57'), 1_000, view)).toBeNull()
    expect(stepped(at('2026-11-10T02:04:11'), -1_000, view)).toBeNull()
  })
})

it('a drag stops at the nearer edge', () => {
  expect(dragged(lagos('2026-11-20T22:00:00'), view)).toEqual(at('2026-11-20T21:40:12'))
  expect(dragged(lagos('2026-11-21T01:00:00'), view)).toEqual(at('2026-11-21T02:07:24'))
  expect(dragged(lagos('2026-11-23T09:00:00'), view)).toEqual(at('2026-11-22T17:14:57'))
  expect(dragged(lagos('2026-11-22T09:00:00'), view)).toEqual(at('2026-11-22T09:00:00'))
})

it('goes from event to event, past those that cannot be had', () => {
  const events = ['2026-11-20T20:00:00', '2026-11-20T23:00:00', '2026-11-21T09:00:00'].map((wall) => event(wall))
  expect(eventBeside(at('2026-11-20T21:00:00'), 1, events, view)).toEqual(at('2026-11-21T08:59:59'))
  expect(eventBeside(at('2026-11-21T08:59:59'), -1, events, view)).toEqual(at('2026-11-20T19:59:59'))
  expect(eventBeside(at('2026-11-21T08:59:59'), 1, events, view)).toBeNull()
})

describe('a click', () => {
  const shown = { from: lagos('2026-11-22T00:00:00'), to: lagos('2026-11-23T00:00:00') }
  const drawn = { ...stage(shown), view }
  const { scale, layout } = drawn
  const marks: Pickable = {
    events: iconMarks([group('2026-11-22T14:03:22', { kind: 'product-deleted' }), group('2026-11-22T16:00:00')], scale, { moment: null, now: view.now.getTime() }),
    sets: [set('2026-11-22T06:00:00', 'incr'), set('2026-11-22T02:00:00', 'diff')],
    points: [{ name: 'before stocktaking', at: lagos('2026-11-22T11:00:00'), timeline: 1 }],
  }
  const click = (wall: string, y: number, radius = 12, dx = 0) => pickAt({ x: scale.x(lagos(wall)) + dx, y, radius }, marks, drawn)

  it('on empty space is the moment, as round as the pixels are', () => {
    expect(click('2026-11-22T09:30:20', layout.base - 20)).toEqual({ type: 'moment', at: at('2026-11-22T09:30:00') })
  })

  it('on a mark is that, the nearest of them, as far as a pointer or a finger reaches', () => {
    const events = click('2026-11-22T14:03:22', layout.eventsEnd - 14, 12, 11)
    expect(events.type === 'event' && events.mark.first.kind).toBe('product-deleted')
    expect(click('2026-11-22T14:03:22', layout.eventsEnd - 14, 12, 18).type).toBe('moment')
    expect(click('2026-11-22T14:03:22', layout.eventsEnd - 14, 22, 18).type).toBe('event')
    expect(click('2026-11-22T06:00:00', layout.ribbon, 12, 5)).toMatchObject({ type: 'set', set: { type: 'incr' } })
    expect(click('2026-11-22T11:00:00', layout.ribbon - 8, 12, 3)).toMatchObject({ type: 'point' })
  })

  it('where nothing can be restored says why', () => {
    expect(click('2026-11-22T18:30:00', layout.base - 20)).toMatchObject({ type: 'blocked', reach: { code: 'in-future' } })
    expect(click('2026-11-22T17:15:10', layout.base - 20, 12)).toMatchObject({ type: 'blocked', reach: { code: 'not-archived' } })
  })

  it('above the icons is the moment, not what is nearest by time', () => {
    expect(click('2026-11-22T14:03:22', layout.events + 10).type).toBe('moment')
  })

  describe('among flags', () => {
    const minutes = stage({ from: lagos('2026-11-22T14:00:00'), to: lagos('2026-11-22T14:20:00') })
    const flags = flagMarks(
      ['14:05:00', '14:05:01', '14:05:02'].map((time) => group(`2026-11-22T${time}`)), minutes.scale, { now: view.now.getTime(), width: 1_200, stampOf: () => '14:05:00' },
    )
    const on = (row: number, dx = 0, radius = 12) => pickAt(
      { x: minutes.scale.x(lagos('2026-11-22T14:05:01')) + dx, y: flagTop({ row }, minutes.layout) + 12, radius },
      { events: flags, sets: [], points: [] }, { ...minutes, view },
    )

    it('is the one under the pointer, in its row', () => {
      expect(flags.map(({ row }) => row)).toEqual([0, 1, 2])
      const picked = [0, 1, 2].map((row) => on(row)).map((pick) => pick.type === 'event' && pick.mark.first.at.getUTCSeconds())
      expect(picked).toEqual([0, 1, 2])
      const touched = [0, 1, 2].map((row) => on(row, 0, 22)).map((pick) => pick.type === 'event' && pick.mark.row)
      expect(touched).toEqual([0, 1, 2])
    })

    it('is the moment where there is none', () => {
      const [first] = flags
      const pick = pickAt({ x: first!.drawnX, y: flagTop({ row: 2 }, minutes.layout) + 12, radius: 12 }, { events: [first!], sets: [], points: [] }, { ...minutes, view })
      expect(pick.type).toBe('moment')
    })
  })
})
