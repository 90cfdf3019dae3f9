/** The whole product in containers, as `make deploy` brings it up, from an empty machine to a lost one. */
import { statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Deployment, openDeployment, settingOf } from '../support/compose'
import { until } from '../support/lab'

let on: Deployment
const listSets = async () => (JSON.parse((await on.cli('info', '--json')).output) as { sets: { type: string }[] }).sets
const healths = async () => (await on.docker('ps', '--filter', `name=${on.project}`, '--format', '{{.Names}} {{.Status}}')).output
const isProtected = async () => (await on.cli('status')).output.includes('salespider: Protected')

beforeAll(async () => {
  on = await openDeployment()
  const { code, output } = await on.deploy()
  if (code !== 0) throw new Error(`${output.slice(-4_000)}\n${(await on.compose('logs', '--tail=50')).output}`)
})
afterAll(() => on?.stop())

describe('from nothing', () => {
  it('everything is up and well, and the dashboard asks who is there', async () => {
    const lines = (await healths()).trim().split('\n')
    expect(lines).toHaveLength(4)
    for (const line of lines) expect(line).toContain('(healthy)')
    const page = await fetch(`${on.url}/sign-in`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Sign in')
  })

  it('.env is made with passwords of its own, and nobody else may read it', () => {
    expect(settingOf(on, 'POSTGRES_PASSWORD')).toMatch(/^[\w-]{32}$/)
    expect(settingOf(on, 'NEXTAUTH_SECRET')).not.toBe(settingOf(on, 'POSTGRES_PASSWORD'))
    expect(statSync(path.join(on.directory, '.env')).mode & 0o077).toBe(0)
  })

  it('one uid owns the data, the repository and the configuration, and nothing is writable for everybody (defect 6)', async () => {
    const places = ['/srv/postgres', '/var/lib/pgbackrest', '/var/spool/pgbackrest', '/var/log/pgbackrest', '/etc/pgbackrest']
    expect((await on.exec('backup', 'find', ...places, '!', '-type', 'l', '-perm', '/o+w')).output).toBe('')
    expect((await on.exec('backup', 'find', ...places, '!', '-user', 'postgres')).output).toBe('')
    expect((await on.exec('backup', 'id', '-u')).output).toBe((await on.exec('postgres', 'id', '-u')).output)
  })

  it('the web container has no pgBackRest, no data, no repository key and no secret file, and cannot change itself', async () => {
    expect((await on.docker('inspect', '--format', '{{len .Mounts}}', `${on.project}-dashboard`)).output.trim()).toBe('0')
    expect((await on.exec('dashboard', 'sh', '-c', 'command -v pgbackrest || ls /etc/pgbackrest /srv/postgres')).code).not.toBe(0)
    expect((await on.exec('dashboard', 'sh', '-c', 'ls -A /app')).output).not.toContain('.env')
    expect((await on.exec('dashboard', 'sh', '-c', 'touch /app/x')).output).toContain('Read-only')
    expect((await on.exec('dashboard', 'env')).output).not.toMatch(/CIPHER|AWS_|AZURE_|GCS_/)
  })

  it('no container runs as root, or may become it', async () => {
    const names = ['postgres', 'backup', 'dashboard', 'control-db'].map((name) => `${on.project}-${name}`)
    const format = '{{.Config.User}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.HostConfig.ReadonlyRootfs}}'
    const lines = (await on.docker('inspect', '--format', format, ...names)).output.trim().split('\n')
    for (const line of lines) expect(line).toMatch(/^(postgres|dashboard) \[ALL\] \[no-new-privileges:true\] true$/)
  })
})

describe('backups', () => {
  it('one by the command line and one as the guide says, by hand, are both in the catalog', async () => {
    await on.sql('CREATE TABLE sale (id serial PRIMARY KEY, note text NOT NULL)')
    await on.sql("INSERT INTO sale (note) SELECT 'before' FROM generate_series(1, 100)")
    expect(await on.cli('backup', '--type=full')).toMatchObject({ code: 0 })
    expect(await on.exec('backup', 'pgbackrest', '--stanza=salespider', '--type=diff', 'backup')).toMatchObject({ code: 0 })
    // The catalog is read at a hundredth of the time that reading it takes.
    const sets = await until('both sets are listed', 330, async () => {
      const found = await listSets()
      return found.length === 2 && found
    })
    expect(sets.map(({ type }) => type).toSorted()).toEqual(['diff', 'full'])
    await until('the shop is protected', 90, isProtected)
  })

  it('starting the worker again takes no full backup (defect 4)', async () => {
    await on.compose('restart', 'backup')
    await until('the worker is back', 60, async () => (await healths()).match(/-backup .*\(healthy\)/))
    expect(await listSets()).toHaveLength(2)
  })

  it('WAL is acknowledged only once it is stored (defect 1)', async () => {
    const counts = async () => (await on.sql('SELECT archived_count, failed_count FROM pg_stat_archiver')).split('|').map(Number)
    const repository = '/var/lib/pgbackrest/archive/salespider'
    await on.exec('backup', 'mv', repository, `${repository}.away`)
    const [archived = 0, failed = 0] = await counts()
    await on.sql("INSERT INTO sale (note) VALUES ('while the archive is away'); SELECT pg_switch_wal()")
    await until('archiving fails', 60, async () => ((await counts())[1] ?? 0) > failed)
    expect((await counts())[0]).toBe(archived)
    await on.exec('backup', 'mv', `${repository}.away`, repository)
    await until('it arrives after all', 120, async () => ((await counts())[0] ?? 0) > archived)
  })

  it('a worker that is killed does not take the shop along', async () => {
    await on.compose('kill', '--signal=KILL', 'backup')
    expect(await on.sql('SELECT count(*) FROM sale')).toBe('101')
    await on.compose('up', '--detach', '--no-build', 'backup')
    await until('the worker is back', 60, isProtected)
  })
})

describe('restoring', () => {
  it('rehearses, switches and undoes', async () => {
    await on.sql("INSERT INTO sale (note) SELECT 'kept' FROM generate_series(1, 10); SELECT pg_switch_wal()")
    const at = await on.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)
    await on.sql("DELETE FROM sale WHERE note = 'before'")
    await until('the moment is recoverable', 120, async () => (await on.cli('rehearse', `--time=${at}`)).code === 0)
    expect(await on.cli('switch', '--confirm=salespider')).toMatchObject({ code: 0 })
    expect(await on.sql('SELECT count(*) FROM sale')).toBe('111')
    expect(await on.cli('undo', '--confirm=salespider')).toMatchObject({ code: 0 })
    expect(await on.sql('SELECT count(*) FROM sale')).toBe('11')
  })
})

describe('configuring', () => {
  it('every problem of the environment is told at once, and everything runs on as it was', async () => {
    const before = await on.exec('backup', 'cat', '/etc/pgbackrest/conf.d/repo.conf')
    const { code, output } = await on.deploy({ PGBACKREST_REPO1_TYPE: 's3', COMPRESS_LEVEL: 'fast', BACKUP_RETENTION_FULL: '0' })
    expect(code).not.toBe(0)
    for (const name of ['AWS_S3_BUCKET', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'COMPRESS_LEVEL', 'BACKUP_RETENTION_FULL']) expect(output).toContain(name)
    expect(await on.exec('backup', 'cat', '/etc/pgbackrest/conf.d/repo.conf')).toEqual(before)
    expect(await on.sql('SELECT 1')).toBe('1')
  })

  it('a passphrase that the repository was not made with is refused; what is right again is taken up, and said', async () => {
    const right = { PGBACKREST_REPO1_TYPE: 'posix', COMPRESS_LEVEL: '3', BACKUP_RETENTION_FULL: '4' }
    const refused = await on.deploy({ ...right, PGBACKREST_REPO1_CIPHER_PASS: 'another passphrase' })
    expect(refused.output).toContain('PGBACKREST_REPO1_CIPHER_PASS is not what this repository was encrypted with')
    const { code, output } = await on.deploy({ PGBACKREST_REPO1_CIPHER_PASS: '' })
    expect(code).toBe(0)
    expect(output).toContain('compress-level = 3')
    expect(output).toContain('repo1-retention-full = 4')
  })
})

describe('the worst day', () => {
  it('containers that are made anew keep every sale and every set', async () => {
    await on.compose('down', '--timeout', '30')
    expect((await on.deploy()).code).toBe(0)
    expect(await on.sql('SELECT count(*) FROM sale')).toBe('11')
    await until('the shop is protected', 120, isProtected)
  })

  it('the host is lost: a new one with the same .env and the repository makes no empty shop, and gets the old one back', async () => {
    await on.sql("INSERT INTO sale (note) VALUES ('the last one')")
    // The newest moment lies before the newest commit that is known.
    await on.sql('CREATE TABLE later ()')
    await on.sql('SELECT pg_switch_wal()')
    await until('the last sale is archived', 60, async () =>
      (await on.sql('SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE \'%.ready\'')) === '0')
    await on.compose('down', '--timeout', '30')
    const lost = ['data', 'config', 'spool', 'log', 'sockets', 'control-data'].map(on.volume)
    await on.docker('volume', 'rm', ...lost)

    const { output } = await on.deploy()
    expect(output).toContain('This host is new and the shop is not')
    expect((await on.exec('postgres', 'pg_isready', '-h', '/var/run/postgresql')).code).not.toBe(0)
    expect((await on.cli('status')).output).toContain('shop-lost')
    await until('the archive is known', 120, async () => (await on.cli('restore', '--latest', '--confirm=salespider')).code === 0)
    await until('the shop is back', 120, async () => (await on.sql('SELECT NOT pg_is_in_recovery()').catch(() => '')) === 't')
    expect(await on.sql('SELECT count(*) FROM sale')).toBe('12')
    await until('it is protected again', 180, isProtected)
  })
})
