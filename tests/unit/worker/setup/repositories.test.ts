import { describe, expect, it } from 'vitest'
import { parseInfo } from '@/worker/pgbackrest/info'
import { judge } from '@/worker/setup/repositories'

const status = (code: number, message = '') => ({ code, message })
const repo = (code: number, message = '') => ({ key: 1, cipher: 'none', status: status(code, message) })
const stanza = (repos: object[], more: object = {}) => parseInfo(JSON.stringify([{
  name: 'salespider', cipher: 'none', status: { ...status(0), lock: { backup: { held: false } } }, repo: repos, db: [], archive: [], backup: [], ...more,
}]))[0]
const db = [{ id: 1, 'repo-key': 1, 'system-id': '7711037739757677661', version: '17' }]
const backup = (label: string, stop: number) => ({
  label, type: 'full', prior: null, reference: null, error: false, annotation: {}, archive: { start: 'a', stop: 'b' }, backrest: { version: '2.55.1', format: 5 },
  database: { id: 1, 'repo-key': 1 }, info: { size: 1, delta: 1, repository: { size: 1, delta: 1 } }, timestamp: { start: stop - 5, stop },
})

describe('what the repositories hold, on an empty volume', () => {
  it.each([
    ['nobody knows the stanza', stanza([repo(1)]), 'new'],
    ['a repository that pgbackrest did not list', undefined, 'new'],
    ['a stanza that never had a set', stanza([repo(2)], { db }), 'stanza'],
    ['a repository that does not answer', stanza([repo(99, 'permission denied')]), 'unreadable'],
  ])('%s', (_, found, code) => {
    expect(judge(found)).toMatchObject({ code })
  })

  it('sets are told, with the newest and whose they are', () => {
    const found = stanza([repo(0)], { db, backup: [backup('20261124-020000F', 1_795_000_000), backup('20261125-020000F', 1_795_086_400)] })
    expect(judge(found)).toEqual({
      code: 'sets', count: 2, newest: new Date(1_795_086_400_000), systemId: '7711037739757677661', version: '17',
    })
  })

  it('a second repository that is away does not hide the sets of the first', () => {
    expect(judge(stanza([repo(0), repo(99)], { db, backup: [backup('20261125-020000F', 1_795_086_400)] }))).toMatchObject({ code: 'sets' })
  })

  it('one that is away hides whether the shop is new', () => {
    expect(judge(stanza([repo(1), repo(99, 'timeout')]))).toEqual({ code: 'unreadable', reason: 'repository 1: timeout' })
  })
})
