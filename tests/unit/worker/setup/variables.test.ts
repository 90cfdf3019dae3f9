import { describe, expect, it } from 'vitest'
import { type Environment, type Repository, readSetup } from '@/worker/setup/variables'

const s3 = {
  PGBACKREST_REPO1_TYPE: 's3', AWS_S3_BUCKET: 'shop-backups', AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 's+/=1',
}
const azure = { PGBACKREST_REPO1_TYPE: 'azure', AZURE_STORAGE_ACCOUNT: 'shop1', AZURE_STORAGE_KEY: 'a2V5', AZURE_STORAGE_CONTAINER: 'backups' }
const gcs = { PGBACKREST_REPO1_TYPE: 'gcs', GCS_BUCKET: 'shop-backups', GCS_KEY: '{"type":"service_account"}' }

function repositories(source: Environment): Repository[] {
  const { settings, problems } = readSetup(source)
  expect(problems).toEqual([])
  return settings?.repositories ?? []
}
const first = (source: Environment) => repositories(source)[0]
const problems = (source: Environment) => readSetup(source).problems

describe('without anything', () => {
  it('is a directory of this machine', () => {
    expect(repositories({})).toEqual([{ key: 1, type: 'posix', options: { type: 'posix', path: '/var/lib/pgbackrest' }, gcsKey: null }])
  })

  it("takes empty for unset (SaleSpider's defect 8)", () => {
    const empty = Object.fromEntries(Object.keys({ ...s3, ...azure, ...gcs, SETUP_BACKUP: '', BACKUP_RETENTION_FULL: '' }).map((name) => [name, '']))
    expect(repositories(empty)).toEqual(repositories({}))
  })
})

describe('kinds of repositories', () => {
  it('s3 of AWS needs no endpoint', () => {
    expect(first(s3)?.options).toMatchObject({
      type: 's3', 's3-bucket': 'shop-backups', 's3-endpoint': 's3.eu-central-1.amazonaws.com', 's3-key': 'AKIA1', 's3-key-secret': 's+/=1',
    })
  })

  it('s3 of somebody else, by its address', () => {
    const options = first({ ...s3, AWS_S3_ENDPOINT: 'https://minio.shop:9000', AWS_S3_URI_STYLE: 'path' })?.options
    expect(options).toMatchObject({ 's3-endpoint': 'minio.shop', 'storage-port': '9000', 's3-uri-style': 'path' })
  })

  it("azure and gcs settings reach pgBackRest (SaleSpider's defect 7)", () => {
    expect(first(azure)?.options).toMatchObject({ 'azure-account': 'shop1', 'azure-key': 'a2V5', 'azure-container': 'backups' })
    expect(first(gcs)).toMatchObject({ options: { 'gcs-bucket': 'shop-backups' }, gcsKey: gcs.GCS_KEY })
    expect(first(gcs)?.options).not.toHaveProperty('gcs-key')
    expect(first({ ...gcs, GCS_KEY: '/keys/gcs.json' })).toMatchObject({ options: { 'gcs-key': '/keys/gcs.json' }, gcsKey: null })
  })

  it("a passphrase encrypts (SaleSpider's defect 14)", () => {
    const options = first({ PGBACKREST_REPO1_CIPHER_PASS: 'correct horse battery' })?.options
    expect(options).toMatchObject({ 'cipher-type': 'aes-256-cbc', 'cipher-pass': 'correct horse battery' })
  })

  it("retention variables are read (SaleSpider's defect 9)", () => {
    expect(first({ BACKUP_RETENTION_FULL: '4', BACKUP_RETENTION_DIFF: '7' })?.options).toMatchObject({ 'retention-full': '4', 'retention-diff': '7' })
  })

  it('a second one goes by pgBackRest’s own names alone', () => {
    const second = { PGBACKREST_REPO2_TYPE: 's3', PGBACKREST_REPO2_S3_BUCKET: 'b2', PGBACKREST_REPO2_S3_REGION: 'r', PGBACKREST_REPO2_S3_KEY: 'k', PGBACKREST_REPO2_S3_KEY_SECRET: 's' }
    expect(repositories(second).map(({ key, type }) => [key, type])).toEqual([[1, 'posix'], [2, 's3']])
    expect(problems({ ...s3, PGBACKREST_REPO2_TYPE: 's3' })).toHaveLength(4)
  })
})

describe('a database that somebody else runs', () => {
  it.each([{ SETUP_BACKUP: 'false' }, { PGBACKREST_REPO1_TYPE: 'none' }])('has no repository: %o', (source) => {
    expect(repositories({ ...source, AWS_S3_BUCKET: 'left-over' })).toEqual([])
  })
})

describe('problems', () => {
  it('names every missing variable at once, by the name of the guide', () => {
    expect(problems({ PGBACKREST_REPO1_TYPE: 's3' })).toEqual(
      ['AWS_S3_BUCKET', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((variable) => ({ variable, code: 'missing' })))
  })

  it.each<[Environment, string, string]>([
    [{ PGBACKREST_REPO1_TYPE: 'ftp' }, 'PGBACKREST_REPO1_TYPE', 'type'],
    [{ PGBACKREST_REPO1_PATH: 'backups' }, 'PGBACKREST_REPO1_PATH', 'path'],
    [{ ...s3, AWS_S3_BUCKET: 's3://shop/backups' }, 'AWS_S3_BUCKET', 'bucket'],
    [{ ...s3, AWS_S3_ENDPOINT: 'http://minio:9000' }, 'AWS_S3_ENDPOINT', 'endpoint'],
    [{ ...s3, AWS_S3_ENDPOINT: 'https://minio:9000/path' }, 'AWS_S3_ENDPOINT', 'endpoint'],
    [{ ...azure, AZURE_STORAGE_CONTAINER: 'Backups' }, 'AZURE_STORAGE_CONTAINER', 'container'],
    [{ PGBACKREST_REPO1_CIPHER_PASS: 'short' }, 'PGBACKREST_REPO1_CIPHER_PASS', 'passphrase'],
    [{ BACKUP_RETENTION_FULL: '0' }, 'BACKUP_RETENTION_FULL', 'retention'],
    [{ BACKUP_RETENTION_FULL: 'all' }, 'BACKUP_RETENTION_FULL', 'retention'],
    [{ PROCESS_MAX: '0' }, 'PROCESS_MAX', 'processMax'],
    [{ COMPRESS_TYPE: 'zip' }, 'COMPRESS_TYPE', 'compressType'],
    [{ PGBACKREST_STANZA: '-shop' }, 'PGBACKREST_STANZA', 'stanza'],
    [{ SETUP_BACKUP: 'maybe' }, 'SETUP_BACKUP', 'flag'],
    [{ ...s3, AWS_SECRET_ACCESS_KEY: 'a\nrepo1-path=/' }, 'AWS_SECRET_ACCESS_KEY', 'key'],
  ])('%o', (source, variable, expected) => {
    expect(problems(source)).toEqual([{ variable, code: 'invalid', expected }])
  })

  it('two names for one thing have to agree', () => {
    expect(problems({ ...s3, PGBACKREST_REPO1_S3_BUCKET: 'other' })).toEqual([
      { variable: 'PGBACKREST_REPO1_S3_BUCKET', code: 'differs', other: 'AWS_S3_BUCKET' },
    ])
    expect(problems({ ...s3, PGBACKREST_REPO1_S3_BUCKET: s3.AWS_S3_BUCKET })).toEqual([])
  })

  it('and so do two ports', () => {
    expect(problems({ ...s3, AWS_S3_ENDPOINT: 'minio:9000', PGBACKREST_REPO1_STORAGE_PORT: '9001' })).toEqual([
      { variable: 'PGBACKREST_REPO1_STORAGE_PORT', code: 'contradicts', other: 'PGBACKREST_REPO1_S3_ENDPOINT' },
    ])
  })
})
