import { describe, expect, it } from 'vitest'
import { archivesOf, openListing } from '@/worker/pgbackrest/archive'
import { archiveGet, repoLs } from '@/worker/pgbackrest/commands'
import { parseInfo } from '@/worker/pgbackrest/info'
import { bothEnds, recording } from './recording'

const MB = 1024 * 1024
const SHA = 'a'.repeat(40)

function listed(names: string[], below?: string, segmentSize = 16 * MB) {
  const listing = openListing(segmentSize, below)
  names.forEach((name) => listing.add(name))
  return listing
}

const spans = (listing: ReturnType<typeof listed>) =>
  listing.held().map(({ archiveId, timeline, spans: found }) => [archiveId, timeline, found.map(({ first, last }) => [Number(first), Number(last)])])

describe('a listing', () => {
  it('of a whole archive, with four timelines', () => {
    const names = recording('2.45', 'repo-ls-timelines').split('\n')
    const listing = listed(names)
    expect(spans(listing).toSorted()).toEqual([['15-1', 1, [[1, 4]]], ['15-1', 2, [[4, 4]]], ['15-1', 3, [[4, 4]]], ['15-1', 4, [[4, 4]]]])
    expect(listing.histories().map(({ timeline }) => timeline).toSorted()).toEqual([2, 3, 4])
    expect(listing.isArchive()).toBe(true)
  })

  it.each(bothEnds)('of one directory (%s)', (version) => {
    const names = recording(version, 'repo-ls-directory').split('\n')
    const [held] = listed(names, '15-1/0000000100000000').held()
    expect(held).toMatchObject({ archiveId: '15-1', timeline: 1 })
    expect(held?.spans).toEqual([{ first: 1n, last: 18n }])
  })

  it('of several clusters, in any order, with any compression and none', () => {
    const names = [3, 1, 2].map((number) => `14-1/0000000100000000/00000001000000000000000${number}-${SHA}.gz`)
    const other = ['bz2', 'zst', ''].map((extension, n) => `15-2/0000000A000000FF/0000000A000000FF000000F${n}-${SHA}${extension && `.${extension}`}`)
    expect(spans(listed([...names, ...other]))).toEqual([['14-1', 1, [[1, 3]]], ['15-2', 10, [[0xFFF0, 0xFFF2]]]])
  })

  it('joins directories, and shows what is missing', () => {
    const names = ['0000000000000000FE', '0000000000000000FF', '000000000100000000', '000000000100000002'].map((end) => `15-1/x/000000${end}-${SHA}.zst`)
    expect(spans(listed(names))).toEqual([['15-1', 0, [[254, 256], [258, 258]]]])
  })

  it('counts segments of another size', () => {
    const names = [`15-1/x/000000010000000000000003-${SHA}`, `15-1/x/000000010000000100000000-${SHA}`]
    expect(spans(listed(names, undefined, 1024 * MB))).toEqual([['15-1', 1, [[3, 4]]]])
  })

  it('takes no partial segment, no backup label, nothing half written and nothing that is there twice', () => {
    const names = [
      `15-1/x/000000010000000000000006.partial-${SHA}.lz4`, '15-1/x/000000010000000000000002.00000028.backup',
      `15-1/x/000000010000000000000007-${SHA}.lz4.pgbackrest.tmp`, '15-1/x/000000010000000000000008',
      `15-1/x/000000010000000000000009-${SHA}.lz4`, `15-1/x/000000010000000000000009-${'b'.repeat(40)}.lz4`,
    ]
    expect(spans(listed(names))).toEqual([['15-1', 1, []]])
  })

  it('of what is not there is no archive', () => {
    expect(listed([]).isArchive()).toBe(false)
    expect(listed(['15-1', '15-1/0000000100000000']).isArchive()).toBe(false)
  })
})

describe('whose archive it is', () => {
  it.each(bothEnds)('is told by info (%s)', (version) => {
    const [stanza] = parseInfo(recording(version, '09-info'))
    const [database] = stanza?.databases ?? []
    expect(archivesOf(1, stanza)).toEqual([{ archiveId: '15-1', systemId: database?.systemId }])
    expect(archivesOf(2, stanza)).toEqual([])
    expect(archivesOf(1, undefined)).toEqual([])
  })
})

describe('commands', () => {
  const target = { config: '/srv/lab/pgbackrest.conf', stanza: 'salespider' }
  const AT = ['--config=/srv/lab/pgbackrest.conf', '--stanza=salespider']
  const QUIET = ['--log-level-console=off', '--log-level-stderr=warn', '--io-timeout=5']

  it('list', () => {
    expect(repoLs({ ...target, repo: 2, path: 'archive/salespider', recurse: true }).args).toEqual([
      ...AT, '--repo=2', '--recurse', '--sort=none', '--output=text', ...QUIET, 'repo-ls', 'archive/salespider',
    ])
    expect(repoLs({ ...target, repo: 1, path: 'archive/salespider/15-1', recurse: false }).args).not.toContain('--recurse')
    expect(repoLs({ ...target, repo: 1, path: 'x', recurse: false }).parse('a\nb\n', '')).toEqual(['a', 'b'])
  })

  it('fetch one file, never in the background', () => {
    expect(archiveGet({ ...target, name: '000000010000000000000001', destination: '/tmp/x' }).args).toEqual([
      ...AT, '--no-archive-async', ...QUIET, 'archive-get', '000000010000000000000001', '/tmp/x',
    ])
  })

  it.each(['', '--help', '../../etc/passwd', '00000001.partial'])('fetch nothing called %j', (name) => {
    expect(() => archiveGet({ ...target, name, destination: '/tmp/x' })).toThrow()
  })

  it('list nothing that looks like an option', () => {
    expect(() => repoLs({ ...target, repo: 1, path: '--repo=2', recurse: false })).toThrow()
  })
})
