import { describe, expect, it } from 'vitest'
import { cut } from '@/worker/compare/cut'
import { readAmcheck } from '@/worker/compare/amcheck'
import { type Definition, differingDefinitions } from '@/worker/compare/definitions'
import { createNewest } from '@/worker/compare/newest'
import { differingRoles } from '@/worker/compare/roles'
import { compareKeys } from '@/worker/compare/rules'
import { differingSettings, type FileSetting } from '@/worker/compare/settings'
import { isShop } from '@/worker/compare/shop'
import type { TableInfo } from '@/worker/compare/catalog'

describe('cut', () => {
  it('marks that there is more, and never leaves half a character', () => {
    expect(cut('abcd', 4)).toBe('abcd')
    expect(cut('abcde', 4)).toBe('abc…')
    expect(cut('ab🧺de', 4)).toBe('ab…')
    expect(cut('a🧺cde', 4)).toBe('a🧺…')
  })
})

describe('createNewest', () => {
  it('keeps the last ones by key, however many come', () => {
    const newest = createNewest<number>(3, compareKeys)
    for (let n = 0; n < 5_000; n += 1) newest.add(String((n * 7919) % 5_000), (n * 7919) % 5_000)
    expect(newest.values()).toEqual([4997, 4998, 4999])
  })

  it('keeps those that came last where there is no key', () => {
    const newest = createNewest<string>(2, null)
    for (const value of ['z', 'b', 'a']) newest.add(value, value)
    expect(newest.values()).toEqual(['b', 'a'])
  })
})

describe('differingDefinitions', () => {
  it('tells each by its side', () => {
    const views = (texts: Record<string, string>) => Object.entries(texts).map(([name, text]): Definition => [name, text, null])
    const sides = { then: views({ a: '1', b: '1', c: '1' }), now: views({ b: '2', c: '1', d: '1' }) }
    expect(differingDefinitions('view', sides, new Set())).toEqual([
      { kind: 'view', name: 'a', side: 'only-then', then: '1', now: null },
      { kind: 'view', name: 'b', side: 'differs', then: '1', now: '2' },
      { kind: 'view', name: 'd', side: 'only-now', then: null, now: '1' },
    ])
  })

  it('does not repeat a table that only one side has in all its columns', () => {
    const now: Definition[] = [['made.id', 'text', 'made'], ['Sale.new', 'text', 'Sale']]
    expect(differingDefinitions('column', { then: [], now }, new Set(['made']))).toMatchObject([{ name: 'Sale.new' }])
  })

  it('compares long texts whole, and shows them cut', () => {
    const ending = (end: string): Definition[] => [['f()', 'x'.repeat(3_000) + end, null]]
    const [difference] = differingDefinitions('function', { then: ending('1'), now: ending('2') }, new Set())
    expect(difference?.then).toHaveLength(2_000)
  })
})

describe('differingRoles', () => {
  const role = (name: string, password: string, attributes = '{}') => ({ name, traits: { password, attributes } })
  it('tells what differs, and never a hash', () => {
    const then = [role('app', 'a1'), role('same', 'b1'), role('left', 'c1')]
    const now = [role('app', 'a2'), role('same', 'b1'), role('new', 'd1')]
    expect(differingRoles({ then, now })).toEqual([
      { name: 'app', side: 'differs', what: ['password'] },
      { name: 'left', side: 'only-then', what: [] },
      { name: 'new', side: 'only-now', what: [] },
    ])
  })
})

describe('differingSettings', () => {
  const line = (name: string, value: string, file = '/d/postgresql.conf'): FileSetting => ({ name, value, file })
  const settings = (then: FileSetting[], now: FileSetting[]) =>
    differingSettings({ then: { files: then, catalog: [] }, now: { files: now, catalog: [] } })

  it('takes the last line of a name, whatever its case', () => {
    expect(settings([line('work_mem', '1MB'), line('WORK_MEM', '2MB')], [line('work_mem', '2MB')])).toEqual([])
    expect(settings([line('TimeZone', 'UTC')], [line('timezone', 'UTC'), line('timezone', 'Africa/Lagos', '/d/postgresql.auto.conf')]))
      .toEqual([{ name: 'timezone', then: 'UTC', now: 'Africa/Lagos' }])
  })

  it('does not take what a restore wrote for a setting of the shop', () => {
    const auto = '/d/postgresql.auto.conf'
    const written = ['restore_command', 'recovery_target_time', 'recovery_target', 'primary_conninfo'].map((name) => line(name, 'x', auto))
    const restored = [line('archive_mode', 'on'), ...written, line('archive_mode', 'off', auto)]
    expect(settings(restored, [line('archive_mode', 'on')])).toEqual([])
  })

  it('does tell of archiving that was switched on or off since', () => {
    const told = settings([line('archive_mode', 'off')], [line('archive_mode', 'on')])
    expect(told).toEqual([{ name: 'archive_mode', then: 'off', now: 'on' }])
  })

  it('hides secrets, and tells those of databases and roles by their command', () => {
    const told = settings([line('ssl_passphrase_command', 'echo sesame')], [])
    expect(told).toEqual([{ name: 'ssl_passphrase_command', then: 'hidden', now: null }])
    const now = { files: [], catalog: [{ name: 'ALTER ROLE app SET work_mem', value: '1MB' }] }
    expect(differingSettings({ then: { files: [], catalog: [] }, now }))
      .toEqual([{ name: 'ALTER ROLE app SET work_mem', then: null, now: '1MB' }])
  })
})

describe('isShop', () => {
  const table = (name: string, columns: Record<string, string>): TableInfo => ({
    schema: 'public', name, file: '1', persistence: 'p', pages: 1, keys: [],
    columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
  })
  const time = 'timestamp without time zone'
  const sale = table('Sale', { totalAmount: 'double precision', createdAt: time, deletedAt: time })
  const product = table('Product', { price: 'numeric', quantity: 'integer', deletedAt: time })
  const user = table('User', { deletedAt: time })

  it('wants the columns that the figures come from, of types that can be added up', () => {
    expect(isShop([sale, product, user])).toBe(true)
    expect(isShop([sale, product])).toBe(false)
    expect(isShop([table('Sale', { totalAmount: 'text', createdAt: time, deletedAt: time }), product, user])).toBe(false)
    expect(isShop([table('Sale', { totalAmount: 'numeric', createdAt: time }), product, user])).toBe(false)
    expect(isShop([{ ...sale, schema: 'old' }, product, user])).toBe(false)
  })
})

describe('readAmcheck', () => {
  const progress = '  0/94 relations (0%),     0/120 pages (0%)\n 94/94 relations (100%), 120/120 pages (100%)\n'
  const exit = (exitCode: number | null, stdout = '', stderr = progress) => ({ exitCode, stdout, stderr, spawnError: null })

  it('counts what was checked', () => {
    expect(readAmcheck(exit(0), false)).toEqual({ status: 'ok', relations: 94, problems: [], reason: null })
  })
  it('tells what it found', () => {
    const said = 'heap table "salespider.public.Sale", block 0, offset 1:\n    line pointer to page offset 32767 is not maximally aligned\n'
    expect(readAmcheck(exit(2, said), false)).toEqual({
      status: 'damaged', relations: 94, reason: null,
      problems: ['heap table "salespider.public.Sale", block 0, offset 1: line pointer to page offset 32767 is not maximally aligned'],
    })
  })
  it('does not take a relation that is locked for a damaged one', () => {
    const locked = 'heap table "salespider.public.Sale":\n    ERROR:  canceling statement due to lock timeout\n'
    expect(readAmcheck(exit(2, locked), false)).toEqual({ status: 'ok', relations: 93, problems: [], reason: null })
  })
  it('is no proof when it was stopped or could not run', () => {
    expect(readAmcheck(exit(null), true)).toMatchObject({ status: 'skipped', reason: 'timeout' })
    const refused = exit(1, '', 'pg_amcheck: error: connection failed\n')
    expect(readAmcheck(refused, false)).toEqual({
      status: 'skipped', relations: 0, problems: ['pg_amcheck: error: connection failed'], reason: 'failed',
    })
    const missing = { exitCode: 127, stdout: '', stderr: '', spawnError: 'ENOENT' }
    expect(readAmcheck(missing, false)).toMatchObject({ reason: 'failed', problems: ['ENOENT'] })
  })
})
