import { describe, expect, it } from 'vitest'
import { redactCommand, redactText, secretsOf } from '@/worker/pgbackrest/redact'

describe('redactCommand', () => {
  it('shows what was run, secrets hidden, not starred by length', () => {
    const argv = ['pgbackrest', '--stanza=main', '--repo1-s3-key-secret=abc', '--annotation=reason=Before "x" = y', 'backup']
    expect(redactCommand(argv, {}).argv).toEqual([
      'pgbackrest', '--stanza=main', '--repo1-s3-key-secret=hidden', '--annotation=reason=Before "x" = y', 'backup',
    ])
  })

  it("shows of the environment only pgBackRest's own variables, secrets hidden", () => {
    const env = {
      PATH: '/usr/bin',
      PGPASSWORD: 'hunter22',
      BACKUP_DATABASE_URL: 'postgres://a:b@c/d',
      PGBACKREST_REPO2_S3_KEY: 'AKIA0000000000000000',
      PGBACKREST_REPO2_S3_KEY_SECRET: 's3cret/s3cret',
      PGBACKREST_REPO1_CIPHER_PASS: 'pass phrase',
      PGBACKREST_REPO1_S3_TOKEN: 'tok',
      PGBACKREST_REPO1_PATH: '/srv/repo',
      PGBACKREST_REPO1_STORAGE_HOST: 'https://user:pw@minio:9000',
      PGBACKREST_UNSET: undefined,
    }
    expect(redactCommand(['pgbackrest', 'info'], env).env).toEqual({
      PGBACKREST_REPO2_S3_KEY: 'hidden',
      PGBACKREST_REPO2_S3_KEY_SECRET: 'hidden',
      PGBACKREST_REPO1_CIPHER_PASS: 'hidden',
      PGBACKREST_REPO1_S3_TOKEN: 'hidden',
      PGBACKREST_REPO1_PATH: '/srv/repo',
      PGBACKREST_REPO1_STORAGE_HOST: 'https://hidden@minio:9000',
    })
  })

  it('hides a secret also where another option repeats it', () => {
    const env = { PGBACKREST_REPO1_CIPHER_PASS: 'correct horse' }
    const { argv } = redactCommand(['pgbackrest', '--annotation=reason=correct horse', 'backup'], env)
    expect(argv[1]).toBe('--annotation=reason=hidden')
  })
})

describe('secretsOf', () => {
  it('lists values of secret variables, empty ones not', () => {
    const env = { PGBACKREST_REPO1_S3_KEY: 'k', PGBACKREST_REPO1_CIPHER_PASS: '', PGBACKREST_STANZA: 'main', AWS_SECRET: 'x' }
    expect(secretsOf(env)).toEqual(['k'])
  })
})

describe('redactText', () => {
  it.each([
    ['connect to postgres://backup:hunter22@db/shop', 'connect to postgres://hidden@db/shop'],
    ["repo1-cipher-pass='a b c' is", 'repo1-cipher-pass=hidden is'],
    ['PGPASSWORD=hunter22 psql', 'PGPASSWORD=hidden psql'],
    ['"access_token":"ya29.abc","expires":1', '"access_token":hidden,"expires":1'],
    ['x-amz-security-token: FwoGZXIv', 'x-amz-security-token: hidden'],
    ['GET /c?sv=1&sig=abc%3D&se=2', 'GET /c?sv=1&sig=hidden&se=2'],
    ['Authorization: Bearer eyJhbGciOi.x.y', 'Authorization: Bearer hidden'],
    ['<AWSAccessKeyId>AKIAABCDEFGHIJKLMNOP</AWSAccessKeyId>', '<AWSAccessKeyId>hidden</AWSAccessKeyId>'],
    ['the key AKIAABCDEFGHIJKLMNOP was', 'the key hidden was'],
  ])('%s', (text, redacted) => expect(redactText(text)).toBe(redacted))

  it.each([
    'FormatError: key/value found outside of section at line 1: ab',
    "environment variable 'repo1-s3-key' must have a value",
    "unable to write '/srv/keys/repo/backup/main/x.zst': [28] No space left on device",
    "option 'repo1-cipher-pass' is not allowed on the command-line",
    'backup file /srv/pg/base/5/16384 (20.9MB, 78.85%) checksum dc2ffbe4e997c11e0bd8e64ed3bc0196523eb8cb',
  ])('leaves as it is: %s', (text) => expect(redactText(text)).toBe(text))

  it('removes known values wherever they stand, but not ones so short that they are ordinary letters', () => {
    expect(redactText("'swordfish' is not allowed, a", ['swordfish', 'a'])).toBe("'hidden' is not allowed, a")
  })
})
