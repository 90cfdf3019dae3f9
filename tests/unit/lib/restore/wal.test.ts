import { describe, expect, it } from 'vitest'
import { formatLsn, parseLsn, parseSegment, segmentName, segmentOf, segmentsPerDirectory, timelineOfWal } from '@/lib/restore/wal/rules'

const MB = 1024 * 1024

describe('positions', () => {
  it.each(['0/0', '0/3018C48', '16/B374D848', 'FFFFFFFF/FFFFFFFF'])('%s', (lsn) => {
    expect(formatLsn(parseLsn(lsn))).toBe(lsn)
  })
  it('compare as numbers', () => expect(parseLsn('10/0') > parseLsn('9/FFFFFFFF')).toBe(true))
})

describe('segments', () => {
  it.each<[string, number, number, bigint]>([
    ['000000010000000000000001', 16 * MB, 1, 1n],
    ['0000000A00000002000000FF', 16 * MB, 10, 0x2FFn],
    ['000000010000000200000003', 1024 * MB, 1, 11n],
    ['000000010000000200000FFF', MB, 1, 0x2FFFn],
  ])('%s', (name, size, timeline, number) => {
    expect(parseSegment(name, size)).toEqual({ timeline, number })
    expect(segmentName({ timeline, number }, size)).toBe(name)
    expect(timelineOfWal(name)).toBe(timeline)
  })

  it('follow each other across directories', () => {
    const last = parseSegment('0000000100000000000000FF', 16 * MB)
    expect(segmentName({ timeline: 1, number: (last?.number ?? 0n) + 1n }, 16 * MB)).toBe('000000010000000100000000')
    expect([segmentsPerDirectory(16 * MB), segmentsPerDirectory(MB)]).toEqual([256n, 4096n])
  })

  it.each(['', '00000002.history', '000000010000000000000006.partial', '00000001000000000000000g', null])('none in %j', (name) => {
    expect(parseSegment(name, 16 * MB)).toBeNull()
  })

  it('hold positions', () => {
    expect(segmentOf(parseLsn('0/1FFFFFF'), 16 * MB)).toBe(1n)
    expect(segmentOf(parseLsn('0/2000000'), 16 * MB)).toBe(2n)
  })
})
