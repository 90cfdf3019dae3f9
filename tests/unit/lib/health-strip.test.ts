import { describe, expect, it } from 'vitest'
import { type StripFacts, dayStrip, stripTicks } from '@/lib/health/strip/rules'
import type { BackupType } from '@/lib/jobs/schema'
import type { Policy } from '@/lib/policy/schema'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const at = (text: string) => new Date(text)
const zone = 'Africa/Lagos'
const now = at('2026-11-24T13:26:08Z')
const since = at('2026-10-29T08:00:00Z')
const policy: Policy = {
  schedules: { full: '0 2 * * 0', diff: '0 2 * * 1-6' },
  timeZone: zone,
  retention: { full: 4, diff: null },
}

const made = (startedAt: Date, type: BackupType = 'diff') => ({
  type,
  startedAt,
  stoppedAt: new Date(startedAt.getTime() + 24_000),
})
const ticks = stripTicks(policy, since, now)
/** A set for every tick until now, a few seconds after it */
const asPlanned = ticks.filter((tick) => tick.at <= now).map((tick) => made(new Date(tick.at.getTime() + 3_000), tick.type))
const healthy: StripFacts = { ticks, sets: asPlanned, attempts: [], running: null, since }
const without = (day: string) => asPlanned.filter(({ startedAt }) => !startedAt.toISOString().startsWith(day))

function strip(changes: Partial<StripFacts> = {}, zoneOfShop = zone) {
  const { days, ...rest } = dayStrip({ ...healthy, ...changes }, now, zoneOfShop)
  const states = Object.fromEntries(days.map((day) => [day.at.toISOString().slice(5, 10), day.state]))
  return { days, states, ...rest }
}

describe('thirty days', () => {
  it('end today, begin with those before setup, and name the largest type', () => {
    const { days, planned, kept, notes } = strip()
    expect(days).toHaveLength(30)
    expect(days[0]).toEqual({ at: at('2026-10-26T11:00Z'), state: 'before', type: null })
    expect(days.map(({ state }) => state).slice(2, 6)).toEqual(['before', 'none', 'backed-up', 'backed-up'])
    expect(days.at(-1)).toEqual({ at: at('2026-11-24T11:00Z'), state: 'backed-up', type: 'diff' })
    expect(days.filter(({ type }) => type === 'full').map((day) => day.at.getUTCDay())).toEqual([0, 0, 0, 0])
    expect({ planned, kept, notes }).toEqual({ planned: 26, kept: 26, notes: [] })
  })

  it('tell a failure and the set that made it good', () => {
    const failed = { jobId: '1701', startedAt: at('2026-11-12T01:00:00Z'), failure: 'repository-full' as const }
    const again = { ...failed, jobId: '1702', startedAt: at('2026-11-12T05:00:00Z') }
    const { states, notes, kept } = strip({
      sets: [...without('2026-11-12'), made(at('2026-11-12T07:11:36Z'), 'incr')].toSorted(
        (a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime(),
      ),
      attempts: [failed, again],
    })
    expect(states['11-12']).toBe('failed')
    expect(notes).toEqual([
      { state: 'failed', at: failed.startedAt, failure: 'repository-full', jobId: '1701', goodAt: at('2026-11-12T07:12:00Z') },
    ])
    expect(kept).toBe(25)
  })

  it('tell a missed tick, taken late or not at all', () => {
    const late = made(at('2026-11-18T05:57:00Z'))
    const sets = [...without('2026-11-18'), late].toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime())
    expect(strip({ sets }).notes).toEqual([
      { state: 'missed', at: at('2026-11-18T01:00Z'), failure: null, jobId: null, goodAt: late.stoppedAt },
    ])
    const { states, notes, planned, kept } = strip({ sets: without('2026-11-18') })
    expect([states['11-18'], notes[0]?.goodAt, planned, kept]).toEqual(['missed', null, 26, 25])
  })

  it('do not take another type for the full that was planned', () => {
    const sets = asPlanned.map((set) =>
      set.startedAt.toISOString().startsWith('2026-11-22') ? { ...set, type: 'incr' as const } : set,
    )
    expect(strip({ sets }).states['11-22']).toBe('missed')
  })

  it('wait for the grace of the newest tick', () => {
    const early = at('2026-11-24T03:20:00Z')
    const sets = without('2026-11-24')
    const facts = { ...healthy, ticks: stripTicks(policy, since, early), sets }
    expect(dayStrip(facts, early, zone).days.at(-1)?.state).toBe('none')
    expect(dayStrip(facts, new Date(early.getTime() + 10 * MINUTE), zone).days.at(-1)?.state).toBe('missed')
  })

  it('show today as running, and a cancelled run as one that did not happen', () => {
    const running = { since: at('2026-11-24T01:00:00Z'), type: 'diff' as const }
    expect(strip({ sets: without('2026-11-24'), running }).days.at(-1)).toMatchObject({ state: 'running', type: 'diff' })
    const cancelled = { jobId: '9', startedAt: at('2026-11-20T01:00:01Z'), failure: null }
    const { states, notes } = strip({ sets: without('2026-11-20'), attempts: [cancelled] })
    expect([states['11-20'], notes]).toEqual([
      'missed',
      [{ state: 'cancelled', at: at('2026-11-20T01:00Z'), failure: null, jobId: '9', goodAt: null }],
    ])
    expect(strip({ attempts: [{ ...cancelled, startedAt: at('2026-11-20T14:00Z') }] }).notes).toEqual([])
  })

  it('put a backup on the day it began, by the clock of the shop', () => {
    const sets = [{ type: 'full' as const, startedAt: at('2026-11-10T22:59:00Z'), stoppedAt: at('2026-11-10T23:30:00Z') }]
    expect(strip({ ticks: [], sets }).states['11-10']).toBe('backed-up')
    expect(strip({ ticks: [], sets }, 'Asia/Tokyo').states['11-11']).toBe('backed-up')
    expect(strip({ ticks: [], sets }, 'Pacific/Kiritimati').days).toHaveLength(30)
  })

  it('have thirty different days across the end of a month and both changes of the clock', () => {
    for (const end of ['2026-03-30T22:30:00Z', '2026-10-25T22:59:00Z', '2026-11-01T00:10:00Z', '2028-03-01T12:00:00Z']) {
      const { days } = dayStrip({ ...healthy, ticks: [], sets: [] }, at(end), 'Europe/Berlin')
      const dates = days.map((day) => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format(day.at))
      expect(new Set(dates).size).toBe(30)
      expect(dates.at(-1)).toBe(new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format(at(end)))
    }
  })

  it('keep the schedule of a zone with summer time, without a missed day when the clock changes', () => {
    const berlin: Policy = { ...policy, schedules: { full: null, diff: '30 2 * * *' }, timeZone: 'Europe/Berlin' }
    const end = at('2026-10-28T12:00:00Z')
    const planned = stripTicks(berlin, at('2026-01-01T00:00Z'), end)
    const sets = planned.filter((tick) => tick.at <= end).map((tick) => made(tick.at))
    const { notes, kept, days } = dayStrip(
      { ...healthy, ticks: planned, sets, since: at('2026-01-01T00:00Z') },
      end,
      'Europe/Berlin',
    )
    expect([notes, kept, days.every(({ state }) => state === 'backed-up')]).toEqual([[], 30, true])
  })

  it('expect nothing from before the schedule held', () => {
    const young = stripTicks({ ...policy, since: new Date(now.getTime() - 2 * DAY).toISOString() }, since, now)
    expect(strip({ ticks: young, sets: asPlanned.slice(-2) }).notes).toEqual([])
  })
})
