import { describe, expect, it } from 'vitest'
import { StandInError, renamed } from '@/worker/volume/stand-in'

/** As PostgreSQL lays it out: the identifier first, and behind what counts the CRC-32C of it. */
function control(systemId: bigint, length: number, checksum: number): Buffer {
  const file = Buffer.alloc(8_192)
  file.writeBigUInt64LE(systemId, 0)
  for (let at = 8; at < length; at += 1) file[at] = at % 251
  file.writeUInt32LE(checksum, length)
  return file
}

// The checksums are another implementation's.
const made = control(7_000_000_000_000_000_001n, 288, 0x4d28db6c)
const wanted = control(7_711_037_739_757_677_661n, 288, 0x34249c18)

describe('a control file under another name', () => {
  it('has the other identifier and the checksum that goes with it', () => {
    expect(renamed(made, '7711037739757677661')).toEqual(wanted)
  })

  it('is refused where nothing in it is a checksum of what is before', () => {
    expect(() => renamed(control(1n, 288, 12_345), '2')).toThrow(StandInError)
  })
})
