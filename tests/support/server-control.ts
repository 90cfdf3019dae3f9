import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type TestPostgres, asServer } from './postgres'

function pgCtl({ dataDir, port }: TestPostgres, ...args: string[]): void {
  const version = readdirSync('/usr/lib/postgresql').toSorted((a, b) => Number(b) - Number(a))[0] ?? ''
  const command = [path.join('/usr/lib/postgresql', version, 'bin/pg_ctl'), '-D', dataDir, '-w', ...args]
  if (args.includes('start')) command.push('-o', `-p ${port}`, '-l', path.join(dataDir, 'restarted.log'))
  execFileSync('setpriv', [...asServer(), '--', ...command], { cwd: '/', stdio: 'ignore' })
}

/** Stops a test cluster as an operator would, at once. */
export function stopServer(postgres: TestPostgres): void {
  pgCtl(postgres, '-m', 'fast', 'stop')
}

export function startServer(postgres: TestPostgres): void {
  pgCtl(postgres, 'start')
}
