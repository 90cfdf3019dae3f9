/** Each kind of object store over TLS with a certificate authority of our own: everything a shop does with it, and what it is told. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listBackupSets, listRepositories } from '@/lib/backups/data'
import type { JobView } from '@/lib/jobs/data'
import type { FailureCode, JobRequest } from '@/lib/jobs/schema'
import { readRepositories } from '@/lib/repositories/view/data'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../support/lab'
import { type Store, type StoreKind, startStore } from '../support/store/store'

const STANZA = 'salespider'
const ENCRYPTED = { 'cipher-type': 'aes-256-cbc', 'cipher-pass': 'a passphrase of the shop' }

let store: Store
let lab: Lab

const run = async (request: JobRequest) => (await lab.succeeded(await lab.enqueue({ request }), 120)).result
const quiet = () => until('nothing runs or waits', 120, async () =>
  (await lab.control.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } })) === 0)
const test = async (repo = 1) => lab.ended(await lab.enqueue({ request: { kind: 'test-repository', repo } }), 60)
const outcomes = ({ progress }: JobView) => progress?.steps.filter(({ phase }) => phase !== 'claim' && phase !== 'catalog')
  .map(({ phase, failure }) => (failure ? `${phase}: ${failure.code}` : phase))
const names = () => [...store.bucket.objects.keys()]

/** Another setting for the commands that come, and back. */
async function withOptions<T>(options: Record<string, string>, work: () => Promise<T>): Promise<T> {
  lab.configure(options)
  try {
    return await work()
  } finally {
    lab.configure({})
  }
}

async function startWith(kind: StoreKind, extra: Record<string, string> = {}, stanza = true): Promise<void> {
  store = await startStore(kind)
  const options = Object.entries({ ...store.options, ...extra, 'retention-full': '1', bundle: 'y' })
  lab = await startLab({
    stanza, supervised: true, settings: { archive_timeout: '3' }, config: Object.fromEntries(options.map(([name, value]) => [`repo1-${name}`, value])),
  })
  await lab.startWorker()
}

async function stopAll(): Promise<void> {
  await lab?.stop()
  await store?.stop()
}

describe.each<StoreKind>(['s3', 'azure', 'gcs'])('%s', (kind) => {
  beforeAll(() => startWith(kind, kind === 'azure' ? ENCRYPTED : {}, false))
  afterAll(stopAll)

  it('gets its stanza on first use', async () => {
    const job = await until('the first job', 30, () => lab.control.db.job.findFirst({ where: { kind: 'stanza-create' } }))
    await lab.succeeded(job.id)
  })

  it('is tested: written, listed, read back, deleted, and nothing is left', async () => {
    const job = await test()
    expect(job).toMatchObject({ status: 'SUCCEEDED', result: { kind: 'test-repository', repo: 1 } })
    expect(outcomes(job)).toEqual(['write', 'list', 'read', 'delete', ...(kind === 'azure' ? ['decrypt'] : [])])
    expect(names().filter((name) => name.includes('probe'))).toEqual([])
    const { repositories: [repository] } = await readRepositories(lab.control.db, STANZA, new Date())
    expect(repository).toMatchObject({
      type: kind, location: 'shop-backups/shop', cipher: kind === 'azure' ? 'aes-256-cbc' : 'none', settings: { isVerified: true, retention: { full: 1 } },
      lastTest: { id: job.id, status: 'SUCCEEDED' }, runningTest: null,
    })
  })

  it('takes backups, expires the old ones, is checked and verified', async () => {
    await run({ kind: 'check' })
    await lab.sql('CREATE TABLE sale (id serial PRIMARY KEY, note text NOT NULL)')
    const first = await run({ kind: 'backup', type: 'full', repo: 1 })
    const second = await run({ kind: 'backup', type: 'full', repo: 1 })
    expect(second).toMatchObject({ expired: [first && 'label' in first ? first.label : ''] })
    expect(names().filter((name) => name.includes(`/${first && 'label' in first ? first.label : ''}/`))).toEqual([])
    expect(await listBackupSets(lab.control.db, STANZA)).toHaveLength(1)
    expect((await lab.pgbackrest('--output=text', '--verbose', 'verify')).output).toMatch(/status: ok/)
  })

  it('restores by rehearsal and switch, on what the listing of its archive tells', async () => {
    await lab.sql("INSERT INTO sale (note) VALUES ('kept')")
    const [row] = await lab.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, pg_sleep(0.05)`)
    const at = String(row?.at)
    await lab.sql("INSERT INTO sale (note) VALUES ('a mistake')")
    await until(`${at} is recoverable`, 60, async () => {
      const [live] = await readWindows(lab.control.db, STANZA, new Date())
      return live?.latest && live.latest >= new Date(at) && live.earliest && live.earliest <= new Date(at)
    })
    const rehearsed = await run({ kind: 'rehearse', wish: { target: { type: 'time', at } } })
    await quiet()
    const rehearsal = rehearsed?.kind === 'rehearse' ? rehearsed.rehearsal : ''
    expect(await run({ kind: 'switch', rehearsal, carryOver: { configuration: true, passwords: true } })).toMatchObject({ timeline: 2 })
    expect((await lab.sql('SELECT note FROM sale')).map(({ note }) => note)).toEqual(['kept'])
    await quiet()
    expect(await run({ kind: 'check-archive' })).toMatchObject({ gaps: 0 })
  })
})

describe('a connection that is wrong', () => {
  beforeAll(() => startWith('s3', ENCRYPTED))
  afterAll(stopAll)
  const failed = async (options: Record<string, string> = {}) => withOptions(options, () => test())
  const expectCode = (job: JobView, code: FailureCode) => expect([job.status, job.failure?.code, job.failure?.detail]).toEqual(['FAILED', code, expect.any(String)])

  it.each<[string, Record<string, string>, FailureCode]>([
    ['an access key nobody knows', { 'repo1-s3-key': 'AKIAWRONGWRONGWRONG1' }, 'repository-keys-wrong'],
    ['a wrong secret', { 'repo1-s3-key-secret': 'not-the-secret' }, 'repository-keys-wrong'],
    ['another region', { 'repo1-s3-region': 'us-east-1' }, 'repository-region-wrong'],
    ['a bucket that is not there', { 'repo1-s3-bucket': 'another-bucket' }, 'repository-missing'],
    ['an authority that is not the server’s', { 'repo1-storage-ca-file': '/etc/ssl/certs/ca-certificates.crt' }, 'repository-untrusted'],
    ['an authority’s file that is missing', { 'repo1-storage-ca-file': '/nowhere/ca.crt' }, 'repository-ca-unreadable'],
  ])('%s', async (_, options, code) => {
    const job = await failed(options)
    expectCode(job, code)
    expect(outcomes(job)).toEqual([`write: ${code}`])
    expect(JSON.stringify(job)).not.toMatch(/not-the-secret|a passphrase of the shop/)
  })

  it('a clock that differs', async () => {
    store.bucket.clockAhead = 3_600_000
    expectCode(await failed(), 'repository-clock-skew')
    store.bucket.clockAhead = 0
  })

  it('a certificate that is over', async () => {
    store.present('expired')
    expectCode(await failed(), 'repository-certificate-expired')
    store.present('server')
  })

  it('nobody there', async () => {
    await store.down()
    expectCode(await failed(), 'repository-unreachable')
    await store.up()
  })

  it('permissions that are missing are all named in one test, and nothing is left', async () => {
    store.bucket.refused = new Set(['list', 'delete'])
    const job = await failed()
    expect(outcomes(job)).toEqual(['write', 'list: repository-not-allowed', 'read', 'delete: repository-not-allowed', 'decrypt'])
    expect(job.failure).toMatchObject({ code: 'repository-not-allowed', params: { step: 'list', type: 's3' } })
    store.bucket.refused = new Set(['write'])
    expect(outcomes(await failed())).toEqual(['write: repository-not-allowed', 'list', 'decrypt'])
    store.bucket.refused.clear()
    // The probe that could not be deleted goes with the next test.
    expect(names().some((name) => name.includes('probe'))).toBe(true)
    expect((await failed()).status).toBe('SUCCEEDED')
    expect(names().some((name) => name.includes('probe'))).toBe(false)
  })

  it('a store that keeps what is deleted', async () => {
    store.bucket.keepsAll = true
    const job = await failed()
    expect(outcomes(job)).toEqual(['write', 'list', 'read', 'delete: repository-undeletable', 'decrypt'])
    store.bucket.keepsAll = false
  })

  it('a passphrase that does not fit', async () => {
    await withOptions({ 'repo1-cipher-pass': 'another passphrase' }, async () => {
      expect(outcomes(await test())).toEqual(['write', 'list', 'read', 'delete', 'decrypt: passphrase-wrong'])
    })
  })

  it('a repository that is not configured', async () => {
    expect((await test(2)).failure).toMatchObject({ code: 'repository-unknown', params: { repo: '2' } })
  })

  it('a backup says the same as the test', async () => {
    await withOptions({ 'repo1-s3-bucket': 'another-bucket', 'archive-timeout': '2' }, async () => {
      expect((await lab.ended(await lab.enqueue(), 60)).failure?.code).toBe('repository-missing')
    })
    expect((await listRepositories(lab.control.db, STANZA))[0]?.key).toBe(1)
  })
})
