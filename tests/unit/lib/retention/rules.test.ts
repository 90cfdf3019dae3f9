import { describe, expect, it } from 'vitest'
import type { Policy } from '@/lib/policy/schema'
import { keptUntil } from '@/lib/retention/rules'

const now = new Date('2026-11-24T13:26:08Z')
const policy: Policy = {
  schedules: { full: '0 2 * * 0', diff: '0 2 * * 1-6' }, timeZone: 'Africa/Lagos', retention: { full: 4, diff: null },
}
const at = (kept: ReturnType<typeof keptUntil>) =>
  kept && `${kept.at.toISOString().slice(0, 10)}${kept.goesWith ? ` with ${kept.goesWith}` : ''}`

describe('keptUntil', () => {
  it.each([
    ['the newest full stands for four more', 'full', { fulls: 0, fullsAndDiffs: null }, '2026-12-20'],
    ['the oldest of four goes with the next', 'full', { fulls: 3, fullsAndDiffs: null }, '2026-11-29'],
    ['one already out of the count too', 'full', { fulls: 9, fullsAndDiffs: null }, '2026-11-29'],
    ['an incremental goes with its full', 'incr', { fulls: 0, fullsAndDiffs: 1 }, '2026-12-20 with full'],
  ] as const)('%s', (_, type, age, expected) => expect(at(keptUntil(type, age, policy, now))).toBe(expected))

  it('counts fulls among differentials', () => {
    const both = { ...policy, retention: { full: 4, diff: 3 } }
    expect(at(keptUntil('diff', { fulls: 0, fullsAndDiffs: 0 }, both, now))).toBe('2026-11-27')
    expect(at(keptUntil('incr', { fulls: 0, fullsAndDiffs: 2 }, both, now))).toBe('2026-11-25 with diff')
    expect(at(keptUntil('full', { fulls: 0, fullsAndDiffs: null }, both, now))).toBe('2026-12-20')
  })

  it('says nothing without a retention or without a schedule', () => {
    const age = { fulls: 0, fullsAndDiffs: null }
    expect(keptUntil('full', age, { ...policy, retention: { full: null, diff: null } }, now)).toBeNull()
    expect(keptUntil('full', age, { ...policy, schedules: { full: null, diff: null } }, now)).toBeNull()
    expect(keptUntil('full', age, { ...policy, retention: { full: 9_999_999, diff: null } }, now)).toBeNull()
  })
})
