import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { syncCatalog } from '@/lib/backups/mutations'
import type { CatalogSet } from '@/lib/backups/schema'
import { countBackupSets, readHistory } from '@/lib/history/data'
import type { HistoryQuery } from '@/lib/history/schema'
import { getSetDetail, listExpired } from '@/lib/history/set/data'
import { claimNextJob, report } from '@/lib/jobs/lease'
import type { EnqueueInput } from '@/lib/jobs/schema'
import { type TestControl, startControl } from '../support/control'

const now = new Date('2026-11-24T13:26:08Z')
const worker = { id: 'w1', name: 'backup-1' }
const everything: HistoryQuery = {
  type: null,
  repo: null,
  by: null,
  text: null,
  since: null,
  unfold: [],
  open: null,
  families: 12,
}
const FULL = '20261122-010003F'
const OLD = '20261115-010002F'
const D = `${FULL}_20261124-010002D`
const I1 = `${FULL}_20261124-104202I`
const I2 = `${FULL}_20261124-120003I`

let control: TestControl
beforeAll(async () => (control = await startControl()))
afterAll(() => control.stop())
afterEach(async () => {
  await control.db.job.deleteMany()
  await control.db.backupSet.deleteMany()
  await control.db.repository.deleteMany()
})

const repository = (key: number) => ({
  key,
  type: 'posix',
  location: '/srv',
  cipher: 'none',
  statusCode: 0,
  statusMessage: 'ok',
  diskTotal: null,
  diskFree: null,
  archiveMin: null,
  archiveMax: null,
})

/** A label says when: `20261124-120003I` began then, in UTC. */
function set(label: string, prior: string | null, rest: Partial<CatalogSet> = {}): CatalogSet {
  const [, year, month, day, hour, minute, second, letter = 'F'] =
    /(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)([FDI])$/.exec(label) ?? []
  const startedAt = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return {
    repoKey: 1,
    label,
    type: letter === 'F' ? 'full' : letter === 'D' ? 'diff' : 'incr',
    prior,
    reference: prior ? [label.split('_')[0] ?? '', prior] : [],
    startedAt,
    stoppedAt: new Date(startedAt.getTime() + 6_000),
    archiveStart: '000000010000000000000002',
    archiveStop: '000000010000000000000003',
    lsnStart: '0/2000028',
    lsnStop: '0/3000000',
    systemId: '7',
    databaseSize: 3_100,
    databaseDelta: 1_000,
    repositorySize: null,
    repositoryDelta: 100,
    error: false,
    annotation: { job: '1', by: 'full schedule', trigger: 'schedule' },
    backrestVersion: '2.45',
    ...rest,
  }
}

const sync = (sets: CatalogSet[], repositories = [repository(1)]) =>
  syncCatalog(control.db, control.stanza, { repositories, sets }, now)
const read = (query: Partial<HistoryQuery> = {}) => readHistory(control.db, control.stanza, { ...everything, ...query }, now)
const labels = (history: Awaited<ReturnType<typeof read>>) =>
  history.families.map(({ rows }) =>
    rows.map((row) => ('label' in row ? row.label : row.kind === 'job' ? `job ${row.jobId}` : row.kind)),
  )

const byHand = { annotation: {} }
const byTunde = { annotation: { job: '9', by: 'Tunde Bello', trigger: 'manual', reason: 'Before stocktaking' } }
const catalog = [
  set(OLD, null), set(`${OLD}_20261116-010002D`, OLD, byHand), set(FULL, null), set(D, FULL), set(I1, D, byTunde), set(I2, I1),
]

const enqueue = (input?: Partial<EnqueueInput>) => control.enqueue(input)

describe('the list of backup sets', () => {
  it('is empty before the first', async () => {
    await sync([])
    expect(await read()).toMatchObject({ hasSets: false, families: [], matching: { sets: 0 }, lastExpired: null })
    expect(await countBackupSets(control.db, control.stanza)).toBe(0)
  })

  it('shows the newest family, and older ones folded with count and sum', async () => {
    await sync(catalog)
    const history = await read()
    expect(labels(history)).toEqual([[FULL, D, I1, I2], [OLD, 'fold']])
    expect(history.families[1]?.rows[1]).toMatchObject({ diffs: 1, incrs: 0, stored: 100, canOpen: true })
    expect(history.matching).toEqual({ sets: 6, stored: 600, families: 2 })
    expect(history.families[0]?.rows.at(-1)).toMatchObject({ newest: true, lane: 2, parent: 2, state: 'usable' })
  })

  it('unfolds a family when asked, and the one an open set is in', async () => {
    await sync(catalog)
    expect(labels(await read({ unfold: [`1/${OLD}`] }))[1]).toHaveLength(2)
    expect(labels(await read({ open: `1/${OLD}_20261116-010002D` }))[1]).toHaveLength(2)
  })

  it.each<[string, Partial<HistoryQuery>, string[][]]>([
    ['type', { type: 'incr' }, [[FULL, D, I1, I2]]],
    ['name', { by: 'Tunde Bello' }, [[FULL, D, I1]]],
    ['schedule', { by: 'schedule' }, [[FULL, D, I1, I2], [OLD]]],
    ['hand', { by: 'pgbackrest' }, [[OLD, `${OLD}_20261116-010002D`]]],
    ['reason', { text: 'STOCKTAKING' }, [[FULL, D, I1]]],
    ['what looks like a wildcard', { text: '%' }, []],
    ['label', { text: '20261116' }, [[OLD, `${OLD}_20261116-010002D`]]],
    ['day', { since: '2026-11-24' }, [[FULL, D, I1, I2]]],
    ['a quote', { text: "'; --" }, []],
    ['repository', { repo: 2 }, []],
  ])('is narrowed by %s', async (_, query, expected) => {
    await sync(catalog)
    expect(labels(await read(query))).toEqual(expected)
  })

  it('says when a set needs one that is gone', async () => {
    await sync(catalog)
    await sync(catalog.filter(({ label }) => label !== D))
    const history = await read()
    const states = history.families[0]?.rows.map((row) => row.kind === 'set' && [row.label, row.state])
    expect(states).toEqual([[FULL, 'usable'], [I1, 'incomplete'], [I2, 'incomplete']])
    expect(history.lastExpired?.expiredAt).toEqual(now)
    expect(await listExpired(control.db, control.stanza)).toMatchObject([{ label: D, expiredAt: now }])
  })

  it('keeps what is read bounded in a family of thousands', async () => {
    const many = Array.from({ length: 600 }, (_, at) => {
      const time = new Date(Date.UTC(2026, 10, 22, 2) + at * 300_000)
        .toISOString()
        .replace(/[-:]/g, '')
        .replace('T', '-')
        .slice(0, 15)
      return set(`${FULL}_${time}D`, FULL)
    })
    await sync([set(FULL, null), ...many])
    const newest = (await read()).families[0]?.rows ?? []
    expect(newest).toHaveLength(42)
    expect(newest.at(-1)).toMatchObject({ kind: 'fold', diffs: 560, stored: 56_000, canOpen: true })
    const all = (await read({ unfold: [`1/${FULL}`] })).families[0]?.rows ?? []
    expect(all.at(-1)).toMatchObject({ kind: 'fold', diffs: 200, canOpen: false })
  })

  it('shows a backup that runs where its set will stand', async () => {
    await sync(catalog)
    const { job } = await enqueue({ reason: 'Before the price change' })
    expect(labels(await read())[0]).toHaveLength(4)
    await claimNextJob(control.db, control.stanza, 'repository', worker)
    await report(control.db, job.id, worker.id, { progress: { steps: [], percent: 62, bytesDone: 682, secondsLeft: 21 } })
    const [family] = (await read()).families
    expect(family?.rows[1]).toMatchObject({
      kind: 'job',
      jobId: job.id.toString(),
      percent: 62,
      secondsLeft: 21,
      parent: 0,
      lane: 1,
    })
    expect(labels(await read({ by: 'schedule' })).flat()).not.toContain(`job ${job.id}`)
  })

  it('keeps repositories apart', async () => {
    await sync([set(FULL, null), set(FULL, null, { repoKey: 2 }), set(D, FULL, { repoKey: 2 })], [repository(1), repository(2)])
    expect(labels(await read())).toEqual([[FULL], [FULL, D]])
    expect((await read({ repo: 2 })).matching).toMatchObject({ sets: 2, families: 1 })
  })
})

describe('one set', () => {
  it('adds up what its restore reads, and counts what needs it', async () => {
    await sync(catalog)
    const detail = await getSetDetail(control.db, control.stanza, { repoKey: 1, label: I2 }, now)
    expect(detail?.chain.map(({ label }) => label)).toEqual([FULL, D, I1, I2])
    expect(detail).toMatchObject({ reads: { bytes: 400, exact: false }, missing: [], dependents: { diffs: 0, incrs: 0 } })
    expect(await getSetDetail(control.db, control.stanza, { repoKey: 1, label: FULL }, now)).toMatchObject({
      dependents: { diffs: 1, incrs: 2 },
    })
  })

  it('takes pgBackRest’s own sum where there is one', async () => {
    await sync([set(FULL, null, { repositorySize: 318 })])
    expect(await getSetDetail(control.db, control.stanza, { repoKey: 1, label: FULL }, now)).toMatchObject({
      reads: { bytes: 318, exact: true },
    })
  })

  it('names what is missing', async () => {
    await sync(catalog.filter(({ label }) => label !== D))
    expect(await getSetDetail(control.db, control.stanza, { repoKey: 1, label: I1 }, now)).toMatchObject({ missing: [D] })
    expect(await getSetDetail(control.db, control.stanza, { repoKey: 1, label: I2 }, now)).toMatchObject({ missing: [D] })
  })

  it('is nothing once it has expired', async () => {
    await sync(catalog)
    await sync([])
    expect(await getSetDetail(control.db, control.stanza, { repoKey: 1, label: FULL }, now)).toBeNull()
  })
})
