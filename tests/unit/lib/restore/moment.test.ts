import { describe, expect, it } from 'vitest'
import { parseMoment } from '@/lib/restore/moment/rules'
import { momentSchema } from '@/lib/restore/schema'

const LAGOS = 'Africa/Lagos'
const BERLIN = 'Europe/Berlin'

describe('with an offset', () => {
  it.each([
    ['2026-11-24T13:00:09Z', '2026-11-24T13:00:09Z'],
    ['2026-11-24T13:00:09z', '2026-11-24T13:00:09Z'],
    ['2026-11-24 13:00:09+01:00', '2026-11-24T12:00:09Z'],
    ['2026-11-24 13:00:09 +01', '2026-11-24T12:00:09Z'],
    ['2026-11-24T13:00:09+0100', '2026-11-24T12:00:09Z'],
    ['2026-11-24T13:00:09.412345-03:30', '2026-11-24T16:30:09.412345Z'],
    ['2026-11-24T13:00:09.5Z', '2026-11-24T13:00:09.5Z'],
    ['2026-11-24T13:00:09,412Z', '2026-11-24T13:00:09.412Z'],
    ['2026-11-24T13:00:09.123456789Z', '2026-11-24T13:00:09.123456Z'],
    ['  2026-11-24T13:00Z ', '2026-11-24T13:00:00Z'],
    ['2026-12-31T23:30:00-05:45', '2027-01-01T05:15:00Z'],
    ['2024-02-29T00:00:00+05:45', '2024-02-28T18:15:00Z'],
    // In the hour that is repeated the offset says which one is meant.
    ['2026-10-25T02:30:00+02:00', '2026-10-25T00:30:00Z'],
    ['2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00Z'],
  ])('%s', (text, at) => {
    expect(parseMoment(text, BERLIN)).toEqual({ moment: { at, assumedZone: null } })
    expect(momentSchema.parse(at)).toBe(at)
  })
})

describe('on the wall clock of the shop', () => {
  it.each([
    [LAGOS, '2026-11-24 13:00:09', '2026-11-24T12:00:09Z'],
    [LAGOS, '2026-11-24T00:30', '2026-11-23T23:30:00Z'],
    [LAGOS, '2026-11-24 13:00:09.000001', '2026-11-24T12:00:09.000001Z'],
    ['Asia/Kathmandu', '2026-11-24 13:00', '2026-11-24T07:15:00Z'],
    [BERLIN, '2026-07-01 13:00', '2026-07-01T11:00:00Z'],
    [BERLIN, '2026-12-01 13:00', '2026-12-01T12:00:00Z'],
    [BERLIN, '2026-03-29 01:59:59.999999', '2026-03-29T00:59:59.999999Z'],
    [BERLIN, '2026-03-29 03:00', '2026-03-29T01:00:00Z'],
    [BERLIN, '2026-10-25 01:59:59', '2026-10-24T23:59:59Z'],
    [BERLIN, '2026-10-25 03:00', '2026-10-25T02:00:00Z'],
  ])('%s %s', (zone, text, at) => {
    expect(parseMoment(text, zone)).toEqual({ moment: { at, assumedZone: zone } })
  })

  it('reads a zone that nobody knows as UTC, and says so', () => {
    expect(parseMoment('2026-11-24 13:00', 'Mars/Olympus')).toEqual({ moment: { at: '2026-11-24T13:00:00Z', assumedZone: 'UTC' } })
  })

  it('refuses the hour that spring skips, with what it may have meant', () => {
    expect(parseMoment('2026-03-29 02:30:00.25', BERLIN)).toEqual({
      refusal: { code: 'skipped', zone: BERLIN, before: '2026-03-29T00:30:00.25Z', after: '2026-03-29T01:30:00.25Z' },
    })
  })

  it('refuses the hour that autumn repeats, and offers both', () => {
    const both = { zone: BERLIN, earlier: '2026-10-25T00:30:00Z', later: '2026-10-25T01:30:00Z' }
    expect(parseMoment('2026-10-25 02:30', BERLIN)).toEqual({ refusal: { code: 'repeated', ...both } })
  })

  it('knows half an hour of change, and a day that was left out', () => {
    expect(parseMoment('2026-10-04 02:15', 'Australia/Lord_Howe')).toEqual({
      refusal: { code: 'skipped', zone: 'Australia/Lord_Howe', before: '2026-10-03T15:15:00Z', after: '2026-10-03T15:45:00Z' },
    })
    expect(parseMoment('2011-12-30 12:00', 'Pacific/Apia')).toMatchObject({ refusal: { code: 'skipped' } })
  })
})

describe('refuses', () => {
  it.each([
    ['', 'unreadable'], ['yesterday', 'unreadable'], ['24/11/2026 13:00', 'unreadable'], ['2026-11-24T13Z', 'unreadable'],
    ['2026-11-24 1:00', 'unreadable'], ['2026-11-24T13:00:09.Z', 'unreadable'], ['2026-11-24T13:00+1', 'unreadable'],
    ['2026-11-24 13:00; DROP TABLE', 'unreadable'], ['20261124T130000Z', 'unreadable'],
    ['2026-11-24', 'date-only'], ['2026-02-30', 'impossible'],
    ['2026-02-30 10:00', 'impossible'], ['2025-02-29T10:00Z', 'impossible'], ['2026-13-01 10:00', 'impossible'],
    ['2026-11-24 24:00', 'impossible'], ['2026-11-24 25:00', 'impossible'], ['2026-11-24 10:60', 'impossible'],
    ['2026-11-24 23:59:60', 'impossible'], ['2026-11-24T10:00+01:75', 'impossible'], ['2026-11-24T10:00+20:00', 'impossible'],
  ])('%j as %s', (text, code) => {
    expect(parseMoment(text, LAGOS)).toEqual({ refusal: { code } })
  })
})
