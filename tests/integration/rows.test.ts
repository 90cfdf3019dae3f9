import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findComparison, listDifferenceRows, listGoneRows } from '@/lib/restore/comparison/data'
import { saveComparison, saveFindings } from '@/lib/restore/comparison/mutations'
import { type Comparison, type Row, type Sort, type TableDifference, rowQuerySchema } from '@/lib/restore/comparison/schema'
import { readRehearsalStory } from '@/lib/restore/rehearsal/story/data'
import { createRehearsal, endRehearsal, moveRehearsal } from '@/lib/restore/rehearsal/mutations'
import type { RestorePlan } from '@/lib/restore/schema'
import { type TestControl, ada, startControl } from '../support/control'

const at = new Date('2026-11-24T13:26:08Z')
const STANZA = 'salespider'
const plan: RestorePlan = {
  target: { type: 'time', at: '2026-11-24T13:03:21Z' }, repo: 1, label: '20261124-010003F', chain: ['20261124-010003F'], timeline: 1,
  time: '2026-11-24T13:03:21Z', segments: 41, databaseSize: 1_300_000_000, isOnLiveLineage: true,
}

let control: TestControl
beforeAll(async () => {
  control = await startControl(STANZA)
})
afterAll(() => control?.stop())

function tableOf(name: string, part: Partial<TableDifference>): TableDifference {
  return {
    schema: 'public', name, columns: ['id', 'name'], key: ['id'], rowsThen: 10, rowsNow: 10, lost: 0, returns: 0, changed: 0, isCapped: false,
    skipped: null, reason: null, samples: 0, ...part,
  }
}

function comparisonOf(tables: TableDifference[]): Comparison {
  return {
    comparedAt: at.toISOString(), shop: null, tables, tableCount: 8, definitions: [], migration: null, roles: [], settings: [], unread: [],
    files: [], amcheck: null, checks: null, took: 4_000,
  }
}

type Sides = { then?: Row; now?: Row; names?: Record<string, string> }

/** As the worker writes them: one JSON text a row. */
function samplesOf(table: string, rows: ({ sort: Sort } & Sides)[]): string[] {
  return rows.map(({ sort, then = null, now = null, names = {} }, ordinal) => JSON.stringify({
    schema: 'public', table, ordinal, sort, then, now, names, text: Object.values({ ...then, ...now, ...names }).join('\n').toLowerCase(),
  }))
}

async function rehearsal(id: string): Promise<string> {
  const { job } = await control.enqueue({ request: { kind: 'rehearse', wish: { target: plan.target } } })
  await createRehearsal(control.db, STANZA, { id, plan, actorName: ada.name, jobId: job.id, expiresAt: new Date(at.getTime() + 86_400_000) })
  return id
}

const list = (id: string, query: Partial<Record<'table' | 'sort' | 'search' | 'after', string>> = {}, stanza = STANZA) =>
  listDifferenceRows(control.db, stanza, rowQuerySchema.parse({ rehearsal: id, schema: 'public', table: 'Product', ...query }))

const milk: Row = { id: 'p1', name: 'Peak Evaporated Milk 160 g', price: 850, deletedAt: null }

describe('the rows of a comparison', () => {
  const many = Array.from({ length: 120 }, (_, n) => ({ sort: 'changed' as const, then: { id: `p${n}`, name: `Product ${n}` }, now: { id: `p${n}`, name: `Product ${n} XL` } }))
  const odd = { sort: 'lost' as const, now: { id: 'odd', name: '100% Juice_25cl' } }

  it('come in pages, in their order, and by sort', async () => {
    const id = await rehearsal('pages')
    const samples = samplesOf('Product', [{ sort: 'returns', then: milk }, odd, ...many])
    const comparison = comparisonOf([tableOf('Product', { returns: 1, lost: 1, changed: 120, samples: 122 })])
    await saveComparison(control.db, id, { comparison, samples }, at)
    const first = await list(id)
    expect(first).toMatchObject({ total: 122, hasMore: true, items: {} })
    expect(first.rows.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 50 }, (_, n) => n))
    expect(first.rows[0]).toEqual({ ordinal: 0, sort: 'returns', then: milk, now: null, names: {} })
    const last = await list(id, { after: '99' })
    expect(last).toMatchObject({ total: 122, hasMore: false })
    expect(last.rows.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 22 }, (_, n) => n + 100))
    expect((await list(id, { sort: 'lost' })).rows.map(({ now }) => now?.id)).toEqual(['odd'])
    expect(await list(id, { table: 'Sale' })).toEqual({ rows: [], total: 0, hasMore: false, items: {} })
    expect(await list(id, {}, 'another')).toMatchObject({ rows: [], total: 0 })
  })

  it('are found by any of their values, whatever the case and the characters', async () => {
    const found = async (search: string) => (await list('pages', { search })).rows.map(({ then, now }) => (now ?? then)?.id)
    expect(await found('evaporated MILK')).toEqual(['p1'])
    expect(await found('0% juice_')).toEqual(['odd'])
    expect(await found('product 119')).toEqual(['p119'])
    expect(await found('%')).toEqual(['odd'])
    expect(await found('nothing of the kind')).toEqual([])
    expect((await list('pages', { search: 'xl' })).total).toBe(120)
  })

  it('take the place of those compared before, and stay when the copy was checked', async () => {
    const comparison = comparisonOf([tableOf('Product', { returns: 1, samples: 1 })])
    await saveComparison(control.db, 'pages', { comparison, samples: samplesOf('Product', [{ sort: 'returns', then: milk }]) }, at)
    const checked: Comparison = {
      ...comparison, checks: [{ name: 'negative-stock', found: 0 }], amcheck: { status: 'ok', relations: 94, problems: [], reason: null, took: 6_100 },
    }
    await saveFindings(control.db, 'pages', checked, at)
    expect(await list('pages')).toMatchObject({ total: 1, rows: [{ then: milk }] })
    expect(await findComparison(control.db, STANZA, 'pages')).toEqual(checked)
  })

  it('are replaced wholly or not at all', async () => {
    const broken = saveComparison(control.db, 'pages', { comparison: comparisonOf([]), samples: ['{"schema": "public"}'] }, at)
    await expect(broken).rejects.toThrow()
    expect((await list('pages')).total).toBe(1)
    expect((await findComparison(control.db, STANZA, 'pages'))?.tables).toHaveLength(1)
  })

  it('are forgotten when the rehearsal moves, and when it ends', async () => {
    const count = () => control.db.differenceRow.count()
    await moveRehearsal(control.db, 'pages', { plan, jobId: 1n, expiresAt: at })
    expect(await count()).toBe(0)
    await saveComparison(control.db, 'pages', { comparison: comparisonOf([]), samples: samplesOf('Product', [odd]) }, at)
    expect(await count()).toBe(1)
    await endRehearsal(control.db, 'pages', 'discarded', at)
    expect(await count()).toBe(0)
  })
})

describe('sales', () => {
  it('come with what was sold', async () => {
    const id = await rehearsal('sales')
    const sale = (n: number) => ({ sort: 'lost' as const, now: { id: `s${n}`, totalAmount: 500 }, names: { cashierId: 'Tunde Bello' } })
    const item = (n: number, sales: number) => ({ sort: 'lost' as const, now: { id: `i${n}`, saleId: `s${sales}` }, names: { productId: 'Indomie Chicken 70 g' } })
    const samples = [...samplesOf('Sale', [sale(1), sale(2)]), ...samplesOf('SaleItem', [item(1, 1), item(2, 1), item(3, 2), item(4, 9)])]
    await saveComparison(control.db, id, { comparison: comparisonOf([]), samples }, at)
    const { rows, items } = await list(id, { table: 'Sale' })
    expect(rows.map(({ names }) => names.cashierId)).toEqual(['Tunde Bello', 'Tunde Bello'])
    expect(Object.entries(items).map(([saleId, sold]) => [saleId, sold.map(({ now }) => now?.id)])).toEqual([['s1', ['i1', 'i2']], ['s2', ['i3']]])
    expect(items.s1?.[0]?.names).toEqual({ productId: 'Indomie Chicken 70 g' })
    expect((await list(id, { table: 'SaleItem' })).items).toEqual({})
  })
})

describe('deleted rows', () => {
  const marked = (id: string, deletedAt: string) => ({ sort: 'returns' as const, then: { ...milk, id }, now: { ...milk, id, deletedAt } })
  const entry = (n: number, entityId: string, part: Row = {}) => ({
    sort: 'lost' as const, names: { userId: 'Ada Okafor' },
    now: { id: `a${n}`, action: 'DELETE', entityId, userId: 'u1', userEmail: 'ada@shop.example', timestamp: '2026-11-24 13:03:22.5', ...part },
  })

  it('are told with who deleted them when, the items of a sale with the sale', async () => {
    const id = await rehearsal('deleted')
    const tables = [
      tableOf('Product', { returns: 2, changed: 60, samples: 2 }), tableOf('Sale', { returns: 1, lost: 37, samples: 1 }),
      tableOf('SaleItem', { returns: 3, samples: 3 }), tableOf('audit_logs', { lost: 3, returns: 1, samples: 3 }),
    ]
    const samples = [
      ...samplesOf('Product', [marked('p1', '2026-11-24 13:03:22.125'), { sort: 'returns', then: { ...milk, id: 'p2' } }]),
      ...samplesOf('Sale', [{ sort: 'returns', then: { id: 's1', totalAmount: 500 } }]),
      ...samplesOf('SaleItem', [
        { sort: 'returns', then: { id: 'i1', saleId: 's1' } }, { sort: 'returns', then: { id: 'i2', saleId: 's1' } },
        { sort: 'returns', then: { id: 'i3', saleId: 's7' } },
      ]),
      ...samplesOf('audit_logs', [entry(1, 'p1'), { ...entry(2, 'p2'), names: {} }, entry(3, 's1', { action: 'UPDATE' })]),
    ]
    await saveComparison(control.db, id, { comparison: comparisonOf(tables), samples }, at)
    const { rows, isComplete } = await listGoneRows(control.db, STANZA, id)
    expect(isComplete).toBe(true)
    expect(rows.map(({ table, key, parts, deletedAt, deletedBy }) => [table, key, parts, deletedAt?.toISOString() ?? null, deletedBy])).toEqual([
      ['Product', { id: 'p1' }, 0, '2026-11-24T13:03:22.125Z', 'Ada Okafor'],
      ['Product', { id: 'p2' }, 0, '2026-11-24T13:03:22.500Z', 'ada@shop.example'],
      ['Sale', { id: 's1' }, 2, null, null],
      ['SaleItem', { id: 'i3' }, 0, null, null],
    ])
  })

  it.each<[string, Partial<TableDifference>]>([
    ['are more than are kept', { returns: 5 }],
    ['were not counted to the end', { returns: 1, isCapped: true }],
    ['could not all be looked at', { returns: 1, skipped: 'timeout' }],
  ])('are not called all of them where they %s', async (name, part) => {
    const id = await rehearsal(name.replaceAll(' ', '-').slice(0, 40))
    await saveComparison(control.db, id, { comparison: comparisonOf([tableOf('Product', { samples: 1, ...part })]), samples: samplesOf('Product', [marked('p1', '2026-11-24 13:03:22')]) }, at)
    expect((await listGoneRows(control.db, STANZA, id)).isComplete).toBe(false)
  })

  it('are none where nothing was compared', async () => {
    expect(await listGoneRows(control.db, STANZA, await rehearsal('uncompared'))).toEqual({ rows: [], isComplete: false })
  })
})

describe('the story of rehearsals', () => {
  it('names who ended the last one', async () => {
    for (const { id } of await control.db.rehearsal.findMany({ where: { endedAt: null } })) await endRehearsal(control.db, id, 'expired', at)
    const id = await rehearsal('told')
    const bisi = { kind: 'user', id: 'u2', name: 'Bisi Ade' } as const
    const { job } = await control.enqueue({ request: { kind: 'discard', rehearsal: id }, actor: bisi })
    await endRehearsal(control.db, id, 'discarded', new Date(at.getTime() + 1_000))
    expect(await readRehearsalStory(control.db, STANZA)).toMatchObject({
      madeBy: null, rescues: [], ended: { id, how: 'discarded', by: 'Bisi Ade', jobId: job.id.toString(), target: plan.target },
    })
  })

  it('names nobody where the time was over', async () => {
    const id = await rehearsal('over')
    await control.enqueue({ request: { kind: 'discard', rehearsal: id }, actor: { kind: 'system', name: 'worker' }, trigger: 'system' })
    await endRehearsal(control.db, id, 'expired', new Date(at.getTime() + 2_000))
    expect((await readRehearsalStory(control.db, STANZA)).ended).toMatchObject({ id, how: 'expired', by: null })
  })

  it('lists what was rescued from the current one, and what of it was taken back', async () => {
    const id = await rehearsal('rescued')
    const rows = [{ schema: 'public', table: 'Product', key: { id: 'p1' } }]
    const step = { ...rows[0], how: 'revive', name: 'Peak Evaporated Milk 160 g', why: 'chosen' }
    const end = (job: { id: bigint }, result: object) => control.db.job.update({
      where: { id: job.id }, data: { status: 'SUCCEEDED', claimedAt: at, finishedAt: at, result },
    })
    const rescue = async () => {
      const { job } = await control.enqueue({ request: { kind: 'rescue', rehearsal: id, rows } })
      await end(job, { kind: 'rescue', rehearsal: id, transaction: '9', steps: [step, { ...step, why: 'parent' }], written: [] })
      return job.id.toString()
    }
    const [first, second] = [await rescue(), await rescue()]
    const { job: undo } = await control.enqueue({ request: { kind: 'undo-rescue', rescue: first } })
    await end(undo, { kind: 'undo-rescue', rescue: first, transaction: '10', steps: [step] })
    const { rescues, madeBy } = await readRehearsalStory(control.db, STANZA)
    expect(madeBy).toBe('Ada Okafor')
    expect(rescues).toEqual([
      { jobId: second, at, by: 'Ada Okafor', chosen: 1, along: 1, names: ['Peak Evaporated Milk 160 g'], undo: null },
      expect.objectContaining({ jobId: first, undo: { jobId: undo.id.toString(), at, by: 'Ada Okafor' } }),
    ])
  })
})
