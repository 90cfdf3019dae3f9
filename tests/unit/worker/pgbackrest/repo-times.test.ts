import { describe, expect, it } from 'vitest'
import { segmentOfFile } from '@/worker/pgbackrest/archive'
import { repoTimes } from '@/worker/pgbackrest/commands'

const WAL = '000000010000000000000001'
const STORED = `${WAL}-0123456789abcdef0123456789abcdef01234567`
const command = repoTimes({ config: '/srv/lab/pgbackrest.conf', stanza: 'salespider', repo: 2, path: 'archive/salespider/15-1/0000000100000000' })

describe('the files of a directory, with their times', () => {
  it('are asked of one repository', () => {
    expect(command.args).toEqual([
      '--config=/srv/lab/pgbackrest.conf', '--stanza=salespider', '--repo=2', '--output=json', '--log-level-console=off',
      '--log-level-stderr=warn', '--io-timeout=5', 'repo-ls', 'archive/salespider/15-1/0000000100000000',
    ])
    expect(() => repoTimes({ stanza: 'salespider', repo: 1, path: '--repo1-path=/' })).toThrow()
  })

  it('are those, and no directory', () => {
    const output = `{".":{"type":"path"},"${STORED}.zst":{"type":"file","size":0,"time":1795610154},"below":{"type":"path"}}\n`
    expect(command.parse(output, '')).toEqual([{ name: `${STORED}.zst`, at: new Date(1_795_610_154_000) }])
  })

  it('are none where the directory is not there', () => {
    expect(command.parse('{".":{"type":"path"}}\n', '')).toEqual([])
  })
})

it.each([
  [`${STORED}.zst`, WAL],
  [STORED, WAL],
  [`${WAL}.partial-0123456789abcdef0123456789abcdef01234567.zst`, null],
  [`${WAL}.00000028.backup`, null],
  ['00000002.history', null],
])('%s is the segment %s', (name, segment) => expect(segmentOfFile(name)).toBe(segment))
