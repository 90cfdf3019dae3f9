import { describe, expect, it } from 'vitest'
import {
  loadJobParams, loadSetParams, serializeJobParams, serializeSetParams, toHistoryQuery, toJobQuery,
} from '@/components/history/search-params'

const sets = (address: string) => toHistoryQuery(loadSetParams(new URLSearchParams(address)))
const jobs = (address: string) => toJobQuery(loadJobParams(new URLSearchParams(address)))

describe('the filters of backup sets in the address', () => {
  it('are nothing when there are none', () => {
    expect(sets('')).toEqual({ type: null, repo: null, by: null, text: null, since: null, open: null, unfold: [], families: 12 })
  })

  it('are read back as they were written', () => {
    const params = loadSetParams(
      new URLSearchParams('type=diff&repo=2&by=Tunde+Bello&since=2026-11-01&q=stock&set=2%2F20261122-010003F'),
    )
    expect(loadSetParams(new URLSearchParams(serializeSetParams(params)))).toEqual(params)
    expect(toHistoryQuery(params)).toMatchObject({
      type: 'diff', repo: 2, by: 'Tunde Bello', since: '2026-11-01', text: 'stock', open: '2/20261122-010003F',
    })
  })

  it.each([
    ['a type there is not', 'type=copy', { type: null }],
    ['a repository that is no number', 'repo=one', { repo: null }],
    ['a day that is none', 'since=yesterday', { since: null }],
    ['blanks', 'q=++', { text: null }],
    ['more families than anybody scrolls', 'fulls=99999', { families: 240 }],
    ['fewer than one', 'fulls=-3', { families: 1 }],
  ])('drop %s', (_, address, expected) => {
    expect(sets(address)).toMatchObject(expected)
  })

  it('cut a text that is too long', () => {
    expect(sets(`q=${'x'.repeat(5_000)}`).text).toHaveLength(100)
  })
})

describe('the filters of jobs in the address', () => {
  it('become lists, and ids become numbers', () => {
    expect(jobs('kind=backup&status=FAILED&trigger=cli&q=disk&before=1843')).toEqual({
      filter: { kinds: ['backup'], statuses: ['FAILED'], triggers: ['cli'], search: 'disk' },
      cursor: { before: 1843n, after: undefined },
    })
  })

  it.each(['before=-1', 'before=1e3', "before=1';drop", 'before=9999999999999999999'])('take no id from %s', (address) => {
    expect(jobs(address).cursor).toEqual({ before: undefined, after: undefined })
  })

  it('are kept by the links to other pages', () => {
    const params = loadJobParams(new URLSearchParams('kind=check&q=ada'))
    expect(serializeJobParams({ ...params, before: '90' })).toBe('?kind=check&q=ada&before=90')
  })
})
