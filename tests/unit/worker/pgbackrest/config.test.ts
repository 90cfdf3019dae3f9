import { describe, expect, it } from 'vitest'
import { parseConfig, repositoriesOf } from '@/worker/pgbackrest/config'

const conf = `[global]
repo1-type=s3
repo1-path=/shop
repo1-s3-bucket=shop-backups
repo1-s3-region=eu-west-1
repo1-s3-endpoint=s3.shop.example
repo1-s3-key=AKIAEXAMPLE
repo1-s3-key-secret=the-secret
repo1-storage-verify-tls=n
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=the-passphrase
repo1-retention-full=30
repo1-retention-full-type=time
repo2-path=/var/lib/pgbackrest
repo2-retention-full=2
repo2-retention-diff=7

[salespider]
pg1-path=/srv/data
`

describe('the repositories of a configuration', () => {
  const [s3, posix] = repositoriesOf(parseConfig(conf, 'salespider'))

  it('are told by their place and what holds there', () => {
    expect(s3).toEqual({
      key: 1, type: 's3', location: 'shop-backups/shop', path: null, isEncrypted: true,
      settings: {
        endpoint: 's3.shop.example', region: 'eu-west-1', caFile: null, isVerified: false, retention: { full: 30, unit: 'days', diff: null },
      },
    })
    expect(posix).toMatchObject({ key: 2, type: 'posix', path: '/var/lib/pgbackrest', isEncrypted: false, settings: { retention: { full: 2, unit: 'sets', diff: 7 } } })
  })

  it('carry no secret', () => {
    expect(JSON.stringify([s3, posix])).not.toMatch(/AKIA|the-secret|the-passphrase/)
  })
})
