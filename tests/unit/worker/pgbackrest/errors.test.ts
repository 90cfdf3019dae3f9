import { describe, expect, it } from 'vitest'
import type { FailureCode } from '@/lib/jobs/schema'
import { type FailureContext, type RepositoryState, toFailure } from '@/worker/pgbackrest/errors'
import { parseLog } from '@/worker/pgbackrest/log'
import { type RecordedVersion, recordedLines } from './recording'

const context = (version: RecordedVersion, more: Partial<FailureContext> = {}): FailureContext => {
  const root = `/srv/lab/w${version.replace('.', '')}`
  return { stanza: 'main', dataPath: `${root}/pg`, repositoryPath: `${root}/repo`, repositoryType: 's3', ...more }
}

const explain = (version: RecordedVersion, name: string, exitCode: number | null, more: Partial<FailureContext> = {}) =>
  toFailure({ exitCode, spawnError: null, lines: recordedLines(version, name) }, context(version, more))

const said = (text: string, exitCode: number | null, more: Partial<FailureContext> = {}) =>
  toFailure({ exitCode, spawnError: null, lines: parseLog(text) }, context('2.45', more))

/** As pgBackRest passes on what a provider answers. */
const provider = (status: number, content: string) =>
  `ERROR: [039]: HTTP request failed with ${status} (No):\n       *** Path/Query ***:\n       PUT /b/x\n       *** Response Content ***:\n       ${content}`

describe('words both versions share', () => {
  it.each<[FailureCode, number, string, Record<string, string>?]>([
    ['archive-mode-off', 87, 'ERROR: [087]: archive_mode must be enabled'],
    ['archive-mode-off', 87, '2026-11-22 16:38:26.957 P00  ERROR: [087]: archive_mode must be enabled'],
    ['archive-mode-always', 67, 'ERROR: [067]: archive_mode=always not supported'],
    [
      'archive-command-missing', 68, "ERROR: [068]: archive_command '/bin/true' must contain pgbackrest",
      { archiveCommand: '/bin/true' },
    ],
    [
      'archive-of-another-cluster', 44,
      'ERROR: [044]: PostgreSQL version 15, system-id 7711037739757677661 do not match stanza version 14, system-id 77',
      { systemId: '7711037739757677661', stanzaSystemId: '77' },
    ],
    [
      'stanza-of-another-cluster', 51,
      '2026-11-22 16:44:40.880 P00  ERROR: [051]: PostgreSQL version 9, system-id 77 do not match stanza version 9, system-id 88',
      { systemId: '77', stanzaSystemId: '88' },
    ],
    [
      'lock-held', 50,
      'ERROR: [050]: unable to acquire pgBackRest advisory lock\n       HINT: is another pgBackRest backup already running?',
      { path: 'none' },
    ],
    ['stopped', 62, 'ERROR: [062]: stop file exists for all stanzas', { stoppedStanza: 'none' }],
    [
      'database-interrupted', 57,
      "2026-11-22 15:52:46.893 P00  ERROR: [057]: unable to complete query 'select 1': server closed the connection unexpectedly",
    ],
    [
      'option-invalid', 31, "2026-11-22 15:26:29.375 P00  ERROR: [031]: the 'info' command must not be run as the root user",
      { option: 'none' },
    ],
    ['option-invalid', 32, "ERROR: [032]: '::1' must begin with / for 'pg1-socket-path' option", { option: 'pg1-socket-path' }],
    [
      'clock-behind', 29, "ERROR: [029]: new backup label '20261124-1F' is not later than latest backup label '20271124-1F'",
      { latest: '20271124-1F' },
    ],
    [
      'passphrase-wrong', 75,
      'WARN: repo1: [CryptoError] unable to load info file\n      CryptoError: unable to flush\n      HINT: is or was the repo encrypted?\n'
        + 'ERROR: [075]: no backup set found to restore',
    ],
    [
      'passphrase-wrong', 75,
      'WARN: repo1: [FormatError] unable to load info file\n      FormatError: key/value found outside of section at line 2: /\n'
        + 'ERROR: [075]: no backup set found to restore',
    ],
    ['repository-keys-wrong', 39, 'ERROR: [039]: HTTP request failed with 401 (Unauthorized):', { type: 's3' }],
    ['repository-refused', 39, 'ERROR: [039]: HTTP request failed with 403 (Forbidden):', { status: '403' }],
    ['repository-not-allowed', 39, provider(403, '<Error><Code>AccessDenied</Code></Error>'), { step: 'none', type: 's3' }],
    ['repository-not-allowed', 39, provider(403, '<Error><Code>AuthorizationPermissionMismatch</Code></Error>'), { type: 's3' }],
    ['repository-not-allowed', 39, provider(403, '{"error":{"message":"shop@x does not have storage.objects.list access"}}'), { type: 's3' }],
    ['repository-undeletable', 39, provider(409, '<Error><Code>BlobImmutableDueToPolicy</Code></Error>'), { type: 's3' }],
    ['repository-undeletable', 39, provider(403, '{"error":{"errors":[{"reason":"retentionPolicyNotMet"}]}}'), { type: 's3' }],
    ['repository-clock-skew', 39, provider(403, '<Error><Code>RequestTimeTooSkewed</Code></Error>'), {}],
    ['repository-clock-skew', 39, provider(403, "<AuthenticationErrorDetail>Request date header too old: 'x'</AuthenticationErrorDetail>"), {}],
    [
      'repository-clock-skew', 39,
      'ERROR: [039]: unable to get authentication token: [invalid_grant] Invalid JWT: Token must be a short-lived token and in a reasonable timeframe.', {},
    ],
    ['repository-keys-wrong', 39, 'ERROR: [039]: unable to get authentication token: [invalid_grant] Invalid JWT Signature.', { type: 's3' }],
    [
      'repository-region-wrong', 39,
      provider(400, "<Error><Code>AuthorizationHeaderMalformed</Code><Message>the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message></Error>"),
      { region: 'eu-west-1' },
    ],
    [
      'repository-certificate-expired', 95, "ERROR: [095]: unable to verify certificate presented by 's3.shop:443': [10] certificate has expired",
      { host: 's3.shop:443' },
    ],
    ['repository-missing', 39, 'ERROR: [039]: HTTP request failed with 404 (Not Found):', { path: 'none' }],
    ['repository-unreachable', 101, 'ERROR: [101]: TLS error [1:167772454] unexpected eof while reading'],
    [
      'repository-unreachable', 42, "ERROR: [042]: timeout after 60000ms waiting for read from 's3.example:443'",
      { host: 's3.example:443' },
    ],
    [
      'repository-ca-unreadable', 95, 'ERROR: [095]: unable to set user-defined CA certificate location: [33558530] No such file',
      {},
    ],
    ['repository-full', 64, "ERROR: [064]: unable to write '/srv/lab/w245/repo/a': [122] Disk quota exceeded"],
    [
      'repository-damaged', 42, "ERROR: [042]: unable to read '/srv/lab/w245/repo/a': [5] Input/output error",
      { path: '/srv/lab/w245/repo/a' },
    ],
    [
      'database-unreadable', 42,
      "ERROR: [042]: raised from local-1 protocol: unable to read '/srv/lab/w245/pg/base/5/1': [5] Input/output error",
    ],
    [
      'stanza-missing', 104,
      "ERROR: [055]: repo1: unable to open missing file '/r/backup/main/backup.info' for read\nERROR: [104]: 1 error(s)",
    ],
    ['pgbackrest-error', 122, 'ERROR: [122]: something new', { number: '122' }],
    ['pgbackrest-error', 56, 'ERROR: [056]: unable to find standby cluster - cannot proceed'],
    ['pgbackrest-error', 67, 'ERROR: [067]: something else is not supported'],
  ])('%s from %d: %s', (code, exitCode, text, params) => {
    expect(said(text, exitCode)).toMatchObject({ code, ...(params && { params }) })
  })
})

describe('a look at the repository', () => {
  it.each<[RepositoryState, FailureCode]>([
    ['full', 'repository-full'],
    ['read-only', 'repository-read-only'],
    ['missing', 'repository-missing'],
    ['permission', 'repository-permission'],
  ])('%s: explains WAL that never came, as the archiver meets the same directory', (repositoryState, code) => {
    expect(explain('2.45', 'acmd-fails', 82, { repositoryState })).toMatchObject({ code, params: { path: '/srv/lab/w245/repo' } })
  })

  it('tells a repository that is gone from one that is new: the words are the same', () => {
    expect(explain('2.60', 'err-repo-gone-backup', 55, { repositoryState: 'missing' }).code).toBe('repository-missing')
    expect(explain('2.60', 'err-repo-gone-backup', 55, { repositoryState: 'full' }).code).toBe('stanza-missing')
    expect(explain('2.60', 'err-repo-gone-backup', 55).code).toBe('stanza-missing')
  })

  it('does not overrule words that are clear', () => {
    expect(explain('2.45', 'stop', 62, { repositoryState: 'full' }).code).toBe('stopped')
  })
})

describe('where a path lies', () => {
  const denied = (path: string) => `ERROR: [041]: unable to open file '${path}' for read: [13] Permission denied`

  it.each<[string, FailureCode]>([
    ['/srv/lab/w245/repo/backup/main/x', 'repository-permission'],
    ['/srv/lab/w245/pg/base/5/1', 'database-unreadable'],
    ['/srv/lab/w245/pg-other/base/5/1', 'pgbackrest-error'],
    ['/var/spool/pgbackrest/x', 'pgbackrest-error'],
  ])('%s', (path, code) => expect(said(denied(path), 41).code).toBe(code))

  it('is the repository where that is not on this machine, unless it is the data directory', () => {
    expect(said(denied('/repo/backup/main/x'), 41, { repositoryPath: null }).code).toBe('repository-permission')
    expect(said(denied('/srv/lab/w245/pg/base/5/1'), 41, { repositoryPath: null }).code).toBe('database-unreadable')
  })
})

describe('how it ended', () => {
  const end = { lines: [], exitCode: null, spawnError: null }

  it.each(['ENOENT', 'EACCES'])('%s: pgBackRest is not there', (spawnError) => {
    const failure = toFailure({ ...end, exitCode: 127, spawnError }, context('2.45'))
    expect(failure).toEqual({ code: 'pgbackrest-missing', detail: spawnError, params: {} })
  })

  it.each([null, 137, 143])('exit code %s: a signal, which is not an exit code of pgBackRest', (exitCode) => {
    const lines = parseLog('2026-11-22 15:00:00.000 P00   INFO: backup start archive = x, lsn = 0/1\nKilled')
    expect(toFailure({ ...end, lines, exitCode }, context('2.45'))).toEqual({
      code: 'terminated', detail: 'backup start archive = x, lsn = 0/1\nKilled', params: {},
    })
  })

  it('keeps the last words where there is no error among them', () => {
    const lines = parseLog(Array.from({ length: 9 }, (_, n) => `2026-11-22 15:00:00.000 P00   INFO: line ${n}`).join('\n'))
    expect(toFailure({ ...end, lines, exitCode: 1 }, context('2.45'))).toEqual({
      code: 'pgbackrest-error', pgbackrestCode: 1, detail: 'line 4\nline 5\nline 6\nline 7\nline 8', params: { number: '1' },
    })
  })

  it('has no detail where there were no words', () => {
    const failure = toFailure({ ...end, exitCode: 25 }, context('2.45'))
    expect(failure).toEqual({ code: 'pgbackrest-error', pgbackrestCode: 25, params: { number: '25' } })
  })
})

describe('secrets', () => {
  it('removes known values from words and params', () => {
    const failure = said("ERROR: [068]: archive_command 'push swordfish' must contain pgbackrest", 68, { secrets: ['swordfish'] })
    expect(JSON.stringify(failure)).not.toContain('swordfish')
    expect(failure.params).toEqual({ archiveCommand: 'push hidden' })
  })

  it('cuts what is too long to read, and to store', () => {
    const long = Array.from({ length: 40 }, () => 'x'.repeat(2_000)).join('\n       ')
    const { detail = '' } = said(`ERROR: [122]: ${long}`, 122)
    expect(detail.length).toBe(4_000)
    expect(detail.split('\n')[0]?.length).toBeLessThanOrEqual(401)
  })
})
