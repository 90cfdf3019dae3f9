import { describe, expect, it } from 'vitest'
import { can, permissionFor } from '@/lib/auth/rules'
import { roles } from '@/lib/auth/schema'
import { parseRow } from '@/worker/cli/rescue'

describe('a row as it is typed', () => {
  it.each([
    ['Product:id=abc', { schema: 'public', table: 'Product', key: { id: 'abc' } }],
    ['books.stock:shop=1,product=a,b="c"', { schema: 'books', table: 'stock', key: { shop: '1', product: 'a', b: '"c"' } }],
    ['t:id=1, 2, 3', { schema: 'public', table: 't', key: { id: '1, 2, 3' } }],
    ['t:id=', { schema: 'public', table: 't', key: { id: '' } }],
    ['t:url=https://shop.example/?a=b', { schema: 'public', table: 't', key: { url: 'https://shop.example/?a=b' } }],
    ['"my ""books"."Odd:name.":"i d"=1,"k=2"=x\ny', { schema: 'my "books', table: 'Odd:name.', key: { 'i d': '1', 'k=2': 'x\ny' } }],
  ])('%s', (text, choice) => expect(parseRow(text)).toEqual(choice))

  it.each(['', 'Product', 'Product:', 'Product:id', ':id=1', 'a.b.c:id=1', '"open:id=1', 'Product id=1'])('%j is none', (text) => expect(parseRow(text)).toBeNull())
})

it('whoever may not change the shop may not rescue either', () => {
  const may = (kind: 'plan-rescue' | 'rescue' | 'undo-rescue') => roles.filter((role) => can({ role }, permissionFor(kind)))
  expect([may('plan-rescue'), may('rescue'), may('undo-rescue')]).toEqual([['SUPER_ADMIN'], ['SUPER_ADMIN'], ['SUPER_ADMIN']])
})
