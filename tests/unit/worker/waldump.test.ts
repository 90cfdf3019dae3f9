import { describe, expect, it } from 'vitest'
import { parseLsn } from '@/lib/restore/wal/rules'
import { parseCommit } from '@/worker/postgres/waldump'

const line = (description: string) =>
  `rmgr: Transaction len (rec/tot):     34/    34, tx:        728, lsn: 0/04000338, prev 0/040002F8, desc: ${description}`

describe('a line of pg_waldump', () => {
  it.each([
    'COMMIT 2026-11-24 20:08:52.652997 UTC',
    'COMMIT 2026-11-24 20:08:52.652997 UTC; inval msgs: catcache 50 relcache 2619',
    'COMMIT_PREPARED 728: 2026-11-24 20:08:52.652997 UTC',
  ])('%s', (description) => {
    expect(parseCommit(line(description))).toEqual({
      start: parseLsn('0/4000338'), end: parseLsn('0/4000338') + 34n, at: new Date('2026-11-24T20:08:52.652Z'), xid: 728n,
    })
  })

  it.each([
    line('ABORT 2026-11-24 20:08:52.652997 UTC'), line('PREPARE gid x: 2026-11-24 20:08:52.652997 UTC'), '',
    'first record is after 0/4000000, at 0/4000028, skipping over 40 bytes', 'pg_waldump: error: could not find a valid record after 0/5000000',
  ])('%j is none', (text) => expect(parseCommit(text)).toBeNull())
})
