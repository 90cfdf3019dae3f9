import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { changesBetween, optionsOf, recoded, shortened } from '@/worker/setup/changes'
import { mainConf, postgresqlConf, redactConf, repositoriesConf } from '@/worker/setup/conf'
import { type Environment, type SetupSettings, readSetup } from '@/worker/setup/variables'
import { parseVersion } from '@/worker/pgbackrest/version'

const template = readFileSync('config/pgbackrest/pgbackrest.conf', 'utf8')
const s3 = {
  PGBACKREST_REPO1_TYPE: 's3', AWS_S3_BUCKET: 'shop', AWS_REGION: 'r1', AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'topsecret',
  PGBACKREST_REPO1_CIPHER_PASS: 'correct horse battery',
}

function settings(source: Environment): SetupSettings {
  const read = readSetup(source)
  if (!read.settings) throw new Error(JSON.stringify(read.problems))
  return read.settings
}
const repositories = (source: Environment, version = '2.55.1') => repositoriesConf(settings(source).repositories, parseVersion(version), (key) => `/k/${key}`)

describe('the two files together', () => {
  it.each<Environment>([{}, s3, { ...s3, BACKUP_RETENTION_FULL: '9' }, { PROCESS_MAX: '1', COMPRESS_TYPE: 'lz4' }])('say nothing twice: %o', (source) => {
    const names = [...mainConf(template, settings(source)).matchAll(/^([a-z0-9-]+)=/gm), ...repositories(source).matchAll(/^([a-z0-9-]+)=/gm)].map(([, name]) => name)
    expect(names).toEqual([...new Set(names)])
  })

  it('keep what the template says and the environment does not', () => {
    const main = optionsOf(mainConf(template, settings({ PROCESS_MAX: '1' })))
    expect(main.get('process-max')).toBe('1')
    expect(main.get('repo1-retention-full')).toBe('2')
    expect(main.get('pg1-path')).toBe('/srv/postgres/data')
  })

  it('name the stanza', () => expect(mainConf(template, settings({ PGBACKREST_STANZA: 'kiosk' }))).toMatch(/^\[kiosk\]$/m))

  it('keep secrets out of the file everybody shows', () => {
    expect(mainConf(template, settings(s3))).not.toMatch(/topsecret|horse/)
    expect(redactConf(repositories(s3))).not.toMatch(/topsecret|horse|AKIA1/)
    expect(redactConf(repositories(s3))).toMatch(/^repo1-s3-bucket=shop$/m)
  })
})

describe('what a version of pgBackRest has', () => {
  it.each([['2.38', []], ['2.45', ['bundle']], ['2.46', ['bundle', 'block']], ['2.60.0dev', ['bundle', 'block']]])('%s: %o', (version, expected) => {
    const found = [...optionsOf(repositories({}, version)).keys()].filter((name) => /-(bundle|block)$/.test(name))
    expect(found).toEqual(expected.map((name) => `repo1-${name}`))
  })
})

describe("SaleSpider's defect 1: archive_command acknowledges what was not stored", () => {
  it("gives back pgBackRest's own exit code, whatever the repository", () => {
    expect(optionsOf(postgresqlConf(settings(s3))).get('archive_command')).toBe(`'pgbackrest --stanza=salespider archive-push "%p"'`)
  })

  it('archives nothing where somebody else backs up', () => {
    expect(optionsOf(postgresqlConf(settings({ SETUP_BACKUP: 'false' }))).get('archive_mode')).toBe(`'off'`)
  })
})

describe('changes', () => {
  it('are told without secrets', () => {
    const changes = changesBetween(repositories(s3), repositories({ ...s3, AWS_SECRET_ACCESS_KEY: 'other', AWS_S3_BUCKET: 'kiosk' }))
    expect(changes).toEqual([
      { option: 'repo1-s3-bucket', before: 'shop', after: 'kiosk' }, { option: 'repo1-s3-key-secret', before: 'hidden', after: 'hidden' },
    ])
  })

  it('of a passphrase are refused while the repository stays', () => {
    const other = { ...s3, PGBACKREST_REPO1_CIPHER_PASS: 'another horse battery' }
    const { PGBACKREST_REPO1_CIPHER_PASS: _gone, ...plain } = s3
    expect(recoded(repositories(s3), repositories(other))).toEqual([1])
    expect(recoded(repositories(s3), repositories(plain))).toEqual([1])
    expect(recoded(repositories(plain), repositories(s3))).toEqual([1])
    expect(recoded(repositories(s3), repositories({ ...other, AWS_S3_BUCKET: 'kiosk' }))).toEqual([])
    expect(recoded('', repositories(s3))).toEqual([])
    expect(recoded(repositories(s3), repositories({ ...s3, AWS_SECRET_ACCESS_KEY: 'rolled' }))).toEqual([])
  })

  it('of retention are told when they keep less', () => {
    const change = (before: string | null, after: string | null) => [{ option: 'repo1-retention-full', before, after }]
    expect(shortened(change('4', '2'))).toHaveLength(1)
    expect(shortened(change('2', '4'))).toHaveLength(0)
    expect(shortened(change('10', '9'))).toHaveLength(1)
    expect(shortened(change('2', null))).toHaveLength(0)
  })
})
