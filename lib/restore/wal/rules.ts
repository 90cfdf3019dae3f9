/**
 * Terminology. A *position* is a place in the WAL, which PostgreSQL writes as an LSN. A *segment* is one file of it, counted
 * by position / segment size; its name begins with the timeline it was written on.
 */

/** PostgreSQL's default, which nearly every cluster keeps */
export const DEFAULT_SEGMENT_SIZE = 16 * 1024 * 1024

export type Segment = { timeline: number; number: bigint }

/** `16/B374D848` as a number that can be compared. */
export function parseLsn(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

export function formatLsn(position: bigint): string {
  return [position >> 32n, position & 0xffff_ffffn].map((part) => part.toString(16).toUpperCase()).join('/')
}

/** The timeline a WAL segment's name begins with, or null for none. */
export function timelineOfWal(segment: string | null): number | null {
  return segment && /^[0-9A-F]{24}$/.test(segment) ? Number.parseInt(segment.slice(0, 8), 16) : null
}

/** Null for what is no segment's name. */
export function parseSegment(name: string | null, segmentSize: number): Segment | null {
  const timeline = timelineOfWal(name)
  if (!name || timeline === null) return null
  const [high, low] = [name.slice(8, 16), name.slice(16)].map((part) => BigInt(`0x${part}`))
  return { timeline, number: (high ?? 0n) * segmentsPerDirectory(segmentSize) + (low ?? 0n) }
}

export function segmentName({ timeline, number }: Segment, segmentSize: number): string {
  const perDirectory = segmentsPerDirectory(segmentSize)
  return [BigInt(timeline), number / perDirectory, number % perDirectory].map(hex8).join('')
}

/** pgBackRest keeps the segments of 4 GB of WAL in one directory, named by the part they have in common. */
export function segmentsPerDirectory(segmentSize: number): bigint {
  return 0x1_0000_0000n / BigInt(segmentSize)
}

export function segmentOf(position: bigint, segmentSize: number): bigint {
  return position / BigInt(segmentSize)
}

/** Eight digits, as in the names of segments and of `.history` files. */
export function hex8(value: bigint): string {
  return value.toString(16).toUpperCase().padStart(8, '0')
}
