import { describe, expect, it } from 'vitest'
import type { TableInfo } from '@/worker/compare/catalog'
import { allColumns, compareKeys, isSecretName, pairTables } from '@/worker/compare/rules'

const table = (over: Partial<TableInfo> = {}): TableInfo => ({
  schema: 'public', name: 'Sale', file: '16384', persistence: 'p', pages: 10,
  columns: [{ name: 'id', type: 'text' }, { name: 'total', type: 'integer' }], keys: [['id']], ...over,
})
const pair = (then: TableInfo[], now: TableInfo[], isDescendant = true) => pairTables({ then, now }, isDescendant)

describe('pairTables', () => {
  it('compares the same file by position, another one by content', () => {
    expect(pair([table()], [table()])[0]?.method).toEqual({ how: 'position' })
    expect(pair([table()], [table({ file: '16999' })])[0]?.method).toEqual({ how: 'content' })
  })

  it('never by position on another branch of history', () => {
    expect(pair([table()], [table()], false)[0]?.method).toEqual({ how: 'content' })
  })

  it('knows tables by schema and name', () => {
    const pairs = pair([table(), table({ schema: 'books' })], [table(), table({ name: 'sale' })])
    const told = pairs.map(({ schema, name, method }) => `${schema}.${name} ${method.how}`)
    expect(told.toSorted()).toEqual(['books.Sale missing', 'public.Sale position', 'public.sale missing'])
  })

  it('leaves out what cannot be read in a copy, and what has nothing in common', () => {
    expect(pair([table()], [table({ persistence: 'u' })])[0]?.method).toEqual({ how: 'skip', why: 'unlogged' })
    expect(pair([], [table({ persistence: 'u' })])[0]?.method).toEqual({ how: 'skip', why: 'unlogged' })
    expect(pair([table()], [table({ columns: [{ name: 'id', type: 'uuid' }] })])[0]?.method).toEqual({ how: 'skip', why: 'definition' })
    expect(pair([table({ columns: [] })], [table({ columns: [] })])[0]?.method).toEqual({ how: 'position' })
  })

  it('compares the columns that both have with the same type', () => {
    const now = table({ columns: [{ name: 'total', type: 'numeric' }, { name: 'new', type: 'text' }, { name: 'id', type: 'text' }] })
    expect(pair([table()], [now])[0]).toMatchObject({ columns: [{ name: 'id' }], key: [{ name: 'id' }] })
    expect(allColumns({ then: table(), now })).toEqual(['total', 'new', 'id'])
  })

  it('takes a key that both sides have, in whichever order of its columns', () => {
    const keyOf = (then: string[][], now: string[][]) =>
      pair([table({ keys: then })], [table({ keys: now })])[0]?.key.map(({ name }) => name)
    expect(keyOf([['id'], ['total']], [['total'], ['id']])).toEqual(['total'])
    expect(keyOf([['id', 'total']], [['total', 'id']])).toEqual(['total', 'id'])
    expect(keyOf([['id']], [['total']])).toEqual([])
    expect(keyOf([['gone']], [['gone']])).toEqual([])
  })

  it('puts the largest tables last', () => {
    const tables = [table({ name: 'a', pages: 100 }), table({ name: 'b', pages: 0 }), table({ name: 'c', pages: 5 })]
    expect(pair(tables, tables).map(({ name }) => name)).toEqual(['b', 'c', 'a'])
  })
})

describe('compareKeys', () => {
  const sorted = (...keys: string[]) => keys.toSorted(compareKeys)
  it('orders numbers by value', () => {
    expect(sorted('10', '9', '9007199254740993', '9007199254740992')).toEqual(['9', '10', '9007199254740992', '9007199254740993'])
  })
  it('orders words letter by letter, also those with digits', () => {
    expect(sorted('cmi9z', 'cmi10', 'b')).toEqual(['b', 'cmi10', 'cmi9z'])
  })
  it('orders the parts of a key one after the other', () => {
    expect(sorted('10\0a', '9\0b', '9\0a', '9')).toEqual(['9', '9\0a', '9\0b', '10\0a'])
  })
})

describe('isSecretName', () => {
  const secrets = ['password', 'passwordHash', 'user_passwd', 'API_KEY', 'apiToken', 'clientSecret', 'privateKey']
  it.each(secrets)('%s', (name) => expect(isSecretName(name)).toBe(true))
  const others = ['id', 'name', 'passport', 'keyboard', 'price', 'passenger', 'key']
  it.each(others)('not %s', (name) => expect(isSecretName(name)).toBe(false))
})
