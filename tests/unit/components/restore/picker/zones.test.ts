import { describe, expect, it } from 'vitest'
import { cityOf, isoIn, offsetName } from '@/components/restore/picker/iso'
import { matchZones, zonesFor } from '@/components/restore/picker/zones'

const zones = zonesFor('Africa/Lagos', 'Europe/Berlin', ['Africa/Lagos', 'America/Argentina/Buenos_Aires', 'America/New_York', 'Asia/Kolkata', 'Europe/Berlin'])

describe('the zones', () => {
  it('begin with the shop’s, the browser’s and UTC, each once; a browser’s that is not known is left out', () => {
    expect(zonesFor('Africa/Lagos', 'Mars/Olympus', [])).toEqual(['Africa/Lagos', 'UTC'])
    expect(zones).toEqual([
      'Africa/Lagos', 'Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', 'America/New_York', 'Asia/Kolkata',
    ])
  })

  it.each([
    ['', 'Africa/Lagos'],
    ['lagos', 'Africa/Lagos'],
    ['buenos aires', 'America/Argentina/Buenos_Aires'],
    ['new_york', 'America/New_York'],
    ['york am', 'America/New_York'],
    ['utc', 'UTC'],
    ['nowhere', undefined],
  ])('“%s” finds %s', (text, first) => expect(matchZones(zones, text)[0]).toBe(first))

  it('what begins with it comes first', () => expect(matchZones(zones, 'a')[0]).toBe('Africa/Lagos'))
})

describe('a moment as other programs write it', () => {
  it.each([
    ['2025-11-22T13:03:21Z', 'Africa/Lagos', '2025-11-22T14:03:21+01:00'],
    ['2025-11-22T13:03:21.123456Z', 'Asia/Kolkata', '2025-11-22T18:33:21.123456+05:30'],
    ['2025-07-22T13:03:21Z', 'America/St_Johns', '2025-07-22T10:33:21-02:30'],
    ['2025-11-22T13:03:21Z', 'UTC', '2025-11-22T13:03:21Z'],
  ])('%s in %s', (at, zone, text) => {
    expect(isoIn(at, zone)).toBe(text)
    expect(new Date(text).getTime()).toBe(new Date(at).getTime())
  })

  it.each([
    ['Africa/Lagos', 'UTC+1'], ['America/St_Johns', 'UTC−3:30'], ['UTC', 'UTC'], ['Asia/Kathmandu', 'UTC+5:45'],
  ])('%s is %s', (zone, name) => expect(offsetName(zone, new Date('2025-11-22T12:00:00Z'))).toBe(name))

  it('summer time counts', () => {
    expect(offsetName('Europe/Berlin', new Date('2025-07-01T00:00:00Z'))).toBe('UTC+2')
    expect(offsetName('Europe/Berlin', new Date('2025-12-01T00:00:00Z'))).toBe('UTC+1')
  })

  it('a zone is called by its city', () => expect(cityOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires'))
})
