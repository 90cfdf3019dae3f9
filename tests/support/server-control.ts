import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { type TestPostgres, asServer, binaries } from './postgres'

function pgCtl({ dataDir, port }: TestPostgres, ...args: string[]): void {
  const command = [path.join(binaries(), 'pg_ctl'), '-D', dataDir, '-w', ...args]
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
