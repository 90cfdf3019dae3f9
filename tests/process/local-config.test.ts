import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { controlConf, pgIdent, pgbackrestConf, postgresqlConf, shellWord, shopConf } from '@/local/config'
import { contractEnv, envFile } from '@/local/env-file'
import { pathsIn } from '@/local/paths'
import { canHoldSockets } from '@/local/sockets'

const awkward = `it's "100 %" of $HOME \\ \`x\``
const template = readFileSync('config/pgbackrest/pgbackrest.conf', 'utf8')

test('a word of a shell command survives the shell', () => {
  expect(execFileSync('sh', ['-c', `printf %s ${shellWord(awkward)}`], { encoding: 'utf8' })).toBe(awkward)
})

test('settings are quoted as PostgreSQL reads them', () => {
  const conf = postgresqlConf({ port: 54320, log_line_prefix: `%m it's \\` })
  expect(conf).toBe("port = '54320'\nlog_line_prefix = '%m it''s \\\\'\n")
})

test('the archive command names its configuration in any directory, percent signs doubled', () => {
  const conf = shopConf({ port: 1, socketDirectory: '/run/x' }, `/srv/Ada's 100% shop/pgbackrest.conf`)
  const value = /^archive_command = '(.*)'$/m.exec(conf)?.[1]?.replaceAll("''", "'").replaceAll('\\\\', '\\')
  const asRun = value?.replace('%p', 'pg_wal/1').replaceAll('%%', '%').replace(/^pgbackrest/, 'printf "%s|"')
  expect(execFileSync('sh', ['-c', asRun ?? ''], { encoding: 'utf8' })).toBe(
    `--config=/srv/Ada's 100% shop/pgbackrest.conf|--stanza=salespider|archive-push|pg_wal/1|`,
  )
})

test('both clusters listen on loopback and their socket directory alone', () => {
  const place = { port: 1, socketDirectory: '/run/x' }
  for (const conf of [shopConf(place, '/c'), controlConf(place)]) {
    expect(conf).toContain("listen_addresses = '127.0.0.1'\n")
    expect(conf).toContain("unix_socket_directories = '/run/x'\n")
  }
  expect(pgIdent('ada')).toBe('owner "ada" postgres\n')
})

describe('pgbackrest.conf', () => {
  test('takes values into the template where they stand', () => {
    const own = { global: { 'repo1-path': '/srv/$& repository' }, salespider: { 'pg1-port': 54320 } }
    const conf = pgbackrestConf(template, own)
    expect(conf.split('\n')).toHaveLength(template.split('\n').length)
    expect(conf).toMatch(/^repo1-path=\/srv\/\$& repository$/m)
    expect(conf).toMatch(/^pg1-port=54320$/m)
    expect(conf).toMatch(/^compress-type=zst$/m)
  })

  test('adds what the template does not have to its section', () => {
    const conf = pgbackrestConf('[global]\na=1\n\n[salespider]\nb=2\n', { global: { c: 3 }, salespider: { d: 4 } })
    expect(conf).toBe('[global]\na=1\nc=3\n\n[salespider]\nb=2\nd=4\n')
  })
})

test('scripts source the environment as it was meant', () => {
  const ports = { DASHBOARD_PORT: 1, POSTGRES_PORT: 2, CONTROL_PORT: 3 }
  const settings = { DATA_DIR: '/d', ...ports, SUPER_ADMIN_EMAIL: 'a@b.example', backup: {} }
  const secrets = { shop: 'one', control: 'two', session: 'never told', admin: awkward }
  const env = contractEnv(settings, pathsIn('/d'), secrets, '/d/run')
  const text = envFile(env)
  expect(text).not.toContain('never told')
  const script = 'set -a; eval "$0"; env -0'
  const options = { encoding: 'utf8', env: { NODE_ENV: 'test' } } as const
  const sourced = execFileSync('bash', ['--norc', '-c', script, text], options).split('\0')
  for (const [name, value] of Object.entries(env)) expect(sourced).toContain(`${name}=${value}`)
})

test('sockets lie only where the kernel and a list of directories take their path', () => {
  expect(canHoldSockets('/srv/shop/.data/run')).toBe(true)
  expect(canHoldSockets(`/${'x'.repeat(100)}`)).toBe(false)
  expect(canHoldSockets('/srv/my shop/.data/run')).toBe(false)
  expect(canHoldSockets('/srv/a,b/run')).toBe(false)
})
