import { describe, expect, it } from 'vitest'
import { providers } from '@/lib/hosted/providers'
import { isHosted, readHostedDatabase } from '@/lib/hosted/rules'
import { messages } from '@/lib/i18n'

const providerOf = (url: string) => readHostedDatabase(url).provider?.id ?? null
const hostOf = (url: string) => readHostedDatabase(url).host

describe('isHosted', () => {
  it.each([{ SETUP_BACKUP: 'false' }, { SETUP_BACKUP: 'no' }, { SETUP_BACKUP: '0' }, { PGBACKREST_REPO1_TYPE: 'none' }])(
    'is with %o',
    (deployment) => expect(isHosted(deployment)).toBe(true),
  )

  it.each([{}, { SETUP_BACKUP: 'true' }, { SETUP_BACKUP: 'yes', PGBACKREST_REPO1_TYPE: 's3' }, { PGBACKREST_REPO1_TYPE: 'posix' }])(
    'is not with %o',
    (deployment) => expect(isHosted(deployment)).toBe(false),
  )
})

describe('the provider', () => {
  it.each([
    ['neon', 'ep-cool-darkness-123456.us-east-2.aws.neon.tech'],
    ['neon', 'ep-cool-darkness-123456-pooler.us-east-2.aws.neon.tech'],
    ['supabase', 'db.abcdefghijklmnop.supabase.co'],
    ['supabase', 'aws-0-eu-central-1.pooler.supabase.com'],
    ['rds', 'shop.c9akciq32.eu-west-1.rds.amazonaws.com'],
    ['rds', 'shop.cluster-ro-c9akciq32.eu-west-1.rds.amazonaws.com'],
    ['rds', 'shop.proxy-c9akciq32.eu-west-1.rds.amazonaws.com'],
    ['azure', 'shop.postgres.database.azure.com'],
    ['railway', 'gondola.proxy.rlwy.net'],
    ['railway', 'postgres.railway.internal'],
    ['render', 'dpg-d4uoad8gjchc73cdu700-a.ohio-postgres.render.com'],
    ['digitalOcean', 'shop-do-user-30865317-0.e.db.ondigitalocean.com'],
    ['digitalOcean', 'private-shop-do-user-30865317-0.e.db.ondigitalocean.com'],
    ['aiven', 'pg-7cbbad8-shop.j.aivencloud.com'],
    ['tiger', 't83f4np6x4.tghc3kjhuc.tsdb.cloud.timescale.com'],
    ['crunchyBridge', 'p.qnplnpl3nbabto2zddq2phjlwi.db.postgresbridge.com'],
  ])('%s is told by %s', (id, host) => {
    expect(providerOf(`postgresql://shop:secret@${host}:6543/shop?sslmode=require`)).toBe(id)
    expect(providerOf(`postgres://${host.toUpperCase()}./shop`)).toBe(id)
    expect(hostOf(`postgres://${host.toUpperCase()}./shop`)).toBe(host)
  })

  it.each([
    'neon.tech.evil.example', 'ep-1.neon.tech.evil.example', 'notneon.tech', 'neon.tech', 'ep-1.neon.technology', 'ep-1-neon.tech',
    'db.abc.supabase.co.example', 'abc.supabase.co', 'pooler.supabase.com', 'evilpooler.supabase.com',
    'rds.amazonaws.com.example', 'ec2-1-2-3-4.compute-1.amazonaws.com', 'postgres-database-azure.com', 'render.com',
    'shop.render.com', 'rlwy.net', 'db.example', 'localhost', '127.0.0.1', '[::1]', '[2001:db8::1]',
  ])('is not guessed from %s', (host) => {
    expect(providerOf(`postgresql://shop:secret@${host}/shop`)).toBeNull()
  })

  it('is told by the socket of Cloud SQL, in either spelling', () => {
    const socket = '/cloudsql/shop-1:europe-west1:main'
    expect(hostOf(`postgresql:///shop?host=${socket}&user=shop&password=secret`)).toBe(socket)
    expect(providerOf(`postgresql:///shop?host=${socket}&user=shop&password=secret`)).toBe('cloudSql')
    expect(providerOf(`postgresql://shop:secret@${encodeURIComponent(socket)}/shop`)).toBe('cloudSql')
    expect(providerOf('postgresql:///shop?host=/var/run/postgresql')).toBeNull()
    expect(providerOf('postgresql:///shop?host=/tmp/cloudsql/a:b:c')).toBeNull()
  })

  it('is that of the host that is connected to, not of one that is only mentioned', () => {
    expect(providerOf('postgresql://ep-1.neon.tech/shop?host=db.example')).toBeNull()
    expect(providerOf('postgresql://ep-1.neon.tech:secret@db.example/ep-1.neon.tech?application_name=ep-1.neon.tech')).toBeNull()
  })

  it('has its guide over https, and words', () => {
    for (const { id, guide, console = guide } of providers) {
      expect([guide, console].map((url) => new URL(url).protocol)).toEqual(['https:', 'https:'])
      expect(messages.hosted.does[id]).toMatch(/\.$/)
    }
    expect(Object.keys(messages.hosted.does).toSorted()).toEqual(providers.map(({ id }) => id).toSorted())
  })
})

describe('the host', () => {
  it.each([
    ['postgresql://shop:p%40ss%2Fw%3Ard@db.example:5433/shop', 'db.example'],
    ['postgresql://shop@192.0.2.7/shop', '192.0.2.7'],
    ['postgresql://shop@[2001:DB8::1]:5432/shop', '2001:db8::1'],
    ['postgresql:///shop?host=/var/run/postgresql&user=shop', '/var/run/postgresql'],
    ['postgresql://postgres/shop', 'postgres'],
  ])('of %s is %s', (url, host) => expect(hostOf(url)).toBe(host))

  it.each([
    '', 'not a url', 'postgresql://shop:secret@/shop', 'https://ep-1.neon.tech', 'postgresql:', 'postgresql:///shop', 'postgresql://%E0%A4%A/shop',
    'postgresql://shop:se/cret@db.example/shop', 'postgresql://shop:1234/cret@db.example/shop',
    'postgresql://secret#more@db.example/shop', 'postgresql://shop:12?cret@db.example/shop',
    'postgresql://a%20b/shop',
  ])('is not told by %j', (url) => {
    expect(readHostedDatabase(url)).toEqual({ host: null, provider: null })
  })

  it('comes without the user and the password', () => {
    const told = JSON.stringify(readHostedDatabase('postgresql://owner:hunter2@db.example/shop?password=hunter2'))
    expect(told).not.toMatch(/owner|hunter2/)
  })
})
