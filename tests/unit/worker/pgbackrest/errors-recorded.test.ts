import { describe, expect, it } from 'vitest'
import { type FailureCode, jobFailureSchema } from '@/lib/jobs/schema'
import { type FailureContext, toFailure } from '@/worker/pgbackrest/errors'
import { type RecordedVersion, bothEnds, recordedLines } from './recording'

type Case = [code: FailureCode, exitCode: number, name: string, params?: Record<string, string>]

const explain = (version: RecordedVersion, name: string, exitCode: number, more: Partial<FailureContext> = {}) => {
  const root = `/srv/lab/w${version.replace('.', '')}`
  const context = { stanza: 'main', dataPath: `${root}/pg`, repositoryPath: `${root}/repo`, ...more }
  return toFailure({ exitCode, spawnError: null, lines: recordedLines(version, name) }, context)
}

/** Recorded with the versions' own ways: 2.45 told errors on stderr without a time, 2.60 on stdout with one. */
const ofBoth: Case[] = [
  ['lock-held', 50, 'conc-backup2'],
  ['archive-timeout', 82, 'conc-backup1'],
  ['database-down', 56, 'err-pgdown-backup'],
  ['database-down', 27, 'err-pgdown-check'],
  ['stanza-missing', 55, 'err-repo-gone-backup'],
  ['stanza-missing', 55, 'err-repo-gone-check'],
  ['repository-permission', 41, 'err-repo-perm-backup'],
  ['option-invalid', 31, 'err-bad-opt', { option: 'nosuch' }],
  ['stanza-not-configured', 37, 'err-bad-stanza-b', { stanza: 'main' }],
  ['pgbackrest-error', 55, 'err-noconf'],
  ['terminated', 63, 'cancel2-TERM-group'],
  ['target-unreachable', 75, 'rst-err-set-missing', {}],
  ['target-unreachable', 75, 'rst-err-time-too-early', {}],
  ['target-unsupported', 29, 'rst-err-time-badfmt'],
  ['target-unsupported', 29, 'rst-err-lsn-bad'],
  ['rehearsal-broken', 38, 'err-pg-running-delta'],
  ['rehearsal-broken', 40, 'err-not-empty'],
  ['repository-damaged', 29, 'rst-corrfile', { path: 'none' }],
]

describe.each(bothEnds)('recordings of %s', (version) => {
  it.each(ofBoth)('%s from %d of %s', (code, exitCode, name, params) => {
    const failure = explain(version, name, exitCode)
    expect(failure).toMatchObject({ code, pgbackrestCode: exitCode, ...(params && { params }) })
    expect(jobFailureSchema.parse(failure)).toEqual(failure)
  })

  it('a full repository names the file that did not fit', () => {
    const root = `/srv/lab/w${version.replace('.', '')}/tiny`
    const { code, params } = explain(version, 'err-disk-full-backup', 64, { repositoryPath: root })
    expect(code).toBe('repository-full')
    expect(params?.path).toMatch(new RegExp(`^${root}/backup/main/.*lz4$`))
  })

  it('a disk that fills up while files are restored is not the repository’s, also where that is on no disk', () => {
    const root = `/srv/lab/w${version.replace('.', '')}`
    for (const repositoryPath of [`${root}/repo`, null]) {
      const { code, params } = explain(version, 'err-disk-full-restore', 64, { repositoryPath })
      expect(code).toBe('disk-full')
      expect(params?.path).toMatch(new RegExp(`^${root}/tiny/base/`))
    }
  })

  it('a file of a set that is gone is the repository’s damage', () => {
    const root = `/srv/lab/w${version.replace('.', '')}/xr`
    const { code, params } = explain(version, 'rst-misfile', 55, { repositoryPath: root })
    expect(code).toBe('repository-damaged')
    expect(params?.path).toMatch(new RegExp(`^${root}/backup/main/.*/base/5/1259.lz4$`))
  })

  it('no set to restore means no repository, where that is what the warning before it says', () => {
    const root = `/srv/lab/w${version.replace('.', '')}/repo`
    const gone = explain(version, 'err-repo-gone-restore', 75)
    expect(gone).toMatchObject({ code: 'stanza-missing', params: { path: `${root}/backup/main/backup.info` } })
    expect(gone.detail).toMatch(/^repo1: \[FileMissingError\][^]*\n\[075\]: no backup set found to restore$/)
    expect(explain(version, 'err-repo-gone-restore', 75, { repositoryState: 'missing' })).toMatchObject({
      code: 'repository-missing', params: { path: root },
    })
  })

  it("keeps pgBackRest's words with what continues them, and none of its chatter", () => {
    const [error, hint, ...rest] = explain(version, 'conc-backup2', 50).detail?.split('\n') ?? []
    expect(error).toMatch(/^\[050\]: unable to acquire lock on file '[^']+': Resource temporarily unavailable$/)
    expect([hint, ...rest]).toEqual(['HINT: is another pgBackRest process running?'])
  })

  it('says why no database was found, which only the warning before it tells', () => {
    const { detail } = explain(version, 'err-pgdown-backup', 56)
    expect(detail).toMatch(/^unable to check pg1: \[DbConnectError\][^]*\n\[056\]: unable to find primary cluster/)
  })
})

/** Made with the real 2.45 as the worker runs it: one stream. */
const of245: Case[] = [
  ['option-invalid', 32, 'env-empty', { option: 'repo1-s3-key' }],
  ['option-invalid', 32, 'env-none', { option: 'repo1-type' }],
  ['option-invalid', 37, 'env-s3-missing', { option: 'repo1-s3-bucket' }],
  ['repository-unknown', 32, 'badrepo', { repo: '7' }],
  ['stanza-not-configured', 37, 'badstanza', { stanza: 'main' }],
  ['configuration-unreadable', 55, 'conf-none', { path: '/srv/lab/w245/none.conf' }],
  ['configuration-unreadable', 41, 'conf-noperm', { path: '/srv/lab/w245/noperm.conf' }],
  ['configuration-unreadable', 29, 'conf-bad', { path: 'none' }],
  ['stopped', 62, 'stop', { stoppedStanza: 'main' }],
  ['stanza-of-another-cluster', 28, 'other-check', { systemId: 'none', stanzaSystemId: 'none' }],
  ['stanza-of-another-cluster', 28, 'other-create', { systemId: 'none', stanzaSystemId: 'none' }],
  ['stanza-of-another-cluster', 51, 'other-backup', { systemId: '7711789642973797113', stanzaSystemId: '7711782035392673132' }],
  ['database-mismatch', 58, 'mismatch', { path: '/srv/lab/w245/pg' }],
  ['database-mismatch', 56, 'nodata-backup', { path: '/srv/lab/w245/nope' }],
  ['database-mismatch', 27, 'nodata-check', { path: '/srv/lab/w245/nope' }],
  ['database-refused', 56, 'norole', { reason: 'role "nobody1" does not exist' }],
  ['database-down', 56, 'starting'],
  ['database-in-recovery', 56, 'standby-backup'],
  ['database-in-recovery', 27, 'standby-check'],
  ['database-query', 56, 'norights', { reason: 'unable to select some rows from pg_settings' }],
  ['database-query', 57, 'norights2', { reason: 'permission denied for function pg_backup_start' }],
  ['database-interrupted', 101, 'pgterm'],
  ['database-interrupted', 57, 'pgimm'],
  ['database-unreadable', 41, 'data-eacces', { path: '/srv/lab/w245/pg/base/5/2619' }],
  ['postgres-unsupported', 56, 'version'],
  ['archive-command-missing', 68, 'acmd-empty', { archiveCommand: 'none' }],
  ['archive-timeout', 82, 'acmd-fails', { wal: '00000001000000000000005C' }],
  ['clock-behind', 106, 'clock', { latest: '20361124-170203F' }],
  ['passphrase-wrong', 95, 'cipher-on-plain'],
  ['passphrase-wrong', 29, 'wrong-pass-6'],
  ['passphrase-wrong', 29, 'no-pass'],
  ['passphrase-wrong', 75, 'wrong-pass-restore'],
  ['repository-damaged', 26, 'damaged-changed', { path: '/srv/lab/w245/repod/backup/main/backup.info' }],
  ['repository-damaged', 29, 'damaged-manifest'],
  ['repository-damaged', 55, 'half-create', { path: 'none' }],
  ['repository-damaged', 40, 'half2-create', { path: 'none' }],
  ['lock-permission', 50, 'lock-eacces', { path: '/root/lock/main-backup.lock' }],
  ['repository-untrusted', 95, 'tls-untrusted', { host: 'localhost:4403' }],
  ['repository-keys-wrong', 39, 'http-403', { type: 'none' }],
  ['repository-unreachable', 101, 'http-500', { host: 'none' }],
  ['repository-unreachable', 49, 'conn-refused', { host: 'localhost:1' }],
  ['repository-unreachable', 49, 's3-nohost', { host: 'b.nosuchhost.invalid' }],
]

/** 2.45 begins the restore and leaves it to PostgreSQL to say so. */
it.each([
  ['target-unreachable', 55, 'rst-err-tl-missing'],
  ['target-unreachable', 58, 'rst-err-tl-bad'],
] as const)('%s from %d of %s with 2.60', (code, exitCode, name) => {
  expect(explain('2.60', name, exitCode)).toMatchObject({ code, pgbackrestCode: exitCode, params: {} })
})

describe('made with 2.45', () => {
  it.each(of245)('%s from %d of %s', (code, exitCode, name, params) => {
    expect(explain('2.45', name, exitCode)).toMatchObject({ code, pgbackrestCode: exitCode, ...(params && { params }) })
  })

  it('names the variable that is set but empty: with one of those every command fails with 032', () => {
    expect(explain('2.45', 'env-empty', 32)).toEqual({
      code: 'option-invalid',
      pgbackrestCode: 32,
      detail: "[032]: environment variable 'repo1-s3-key' must have a value",
      params: { option: 'repo1-s3-key' },
    })
  })

  it.each([
    ['repository-read-only', 47, 'erofs'],
    ['repository-read-only', 47, 'erofs-create'],
    ['repository-permission', 47, 'eacces-write'],
    ['repository-full', 64, 'enospc2'],
  ] as const)('%s from %d of %s', (code, exitCode, name) => {
    const repositoryPath = '/srv/lab/w245/ro'
    const failure = explain('2.45', name, exitCode, { repositoryPath })
    expect(failure.code).toBe(code)
    expect(failure.params?.path).toMatch(/^\/srv\/lab\/w245\/ro\//)
  })

  it.each([
    ['gone-create', 47, '/nonexistent/repo', '/nonexistent'],
    ['eacces-parent-create', 41, '/root/repo', '/root/repo/archive/main/archive.info'],
  ])('knows a directory above the repository: %s', (name, exitCode, repositoryPath, path) => {
    expect(explain('2.45', name, exitCode, { repositoryPath })).toMatchObject({ code: 'repository-permission', params: { path } })
  })

  it('does not say the backup failed when only expire did', () => {
    expect(explain('2.45', 'expire-fails', 104, { label: '20261124-170203F' })).toMatchObject({
      code: 'expire-failed',
      params: { label: '20261124-170203F' },
      detail: expect.stringMatching(/^\[060\]: repo1: unable to remove '[^']+': \[13\] Permission denied\n\[104\]: /),
    })
  })

  it("removes an access key from a provider's answer", () => {
    const { detail } = explain('2.45', 'http-403', 39)
    expect(detail).toContain('<Code>InvalidAccessKeyId</Code>')
    expect(detail).not.toContain('AKIA')
  })
})
