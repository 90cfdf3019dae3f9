import { describe, expect, it } from 'vitest'
import { kindOf, momentText, targetParams } from '@/components/restore/picker/address'

describe('the address', () => {
  it.each([
    ['2025-11-22T13:03:21Z', '2025-11-22T13:03:21Z'],
    ['2025-11-22T13:03:21.123456Z', '2025-11-22T13:03:21.123456Z'],
    ['2025-11-22T14:03:21+01:00', '2025-11-22T13:03:21Z'],
    ['2025-11-22T13:03', '2025-11-22T13:03:00Z'],
    ['yesterday', null],
    ['2025-02-30T13:03:21Z', null],
  ])('takes %s for %s', (text, at) => expect(targetParams.at.parse(text)).toBe(at))

  it('a link that names a set means that set, unless it says otherwise', () => {
    expect(kindOf({ by: null, set: null })).toBe('time')
    expect(kindOf({ by: null, set: '1/20261122-010003F' })).toBe('set')
    expect(kindOf({ by: 'time', set: '1/20261122-010003F' })).toBe('time')
    expect(targetParams.by.parse('noon')).toBeNull()
  })

  it('writes a fraction only where there is one', () => {
    expect(momentText(new Date('2025-11-22T13:03:21.000Z'))).toBe('2025-11-22T13:03:21Z')
    expect(momentText(new Date('2025-11-22T13:03:21.999Z'))).toBe('2025-11-22T13:03:21.999Z')
  })
})
