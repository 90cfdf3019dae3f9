/** A physical copy of a test cluster as it is now: a hot standby that follows nobody, on a socket of its own. */
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import { type TestPostgres, answers, asServer, binaries, giveToServer } from './postgres'

export type TestStandby = { config: ClientConfig; dataDir: string; stop(): Promise<void> }

const PORT = 5432

/** `settings` go to its command line; the copy is left as it is. */
export async function copyCluster(shop: TestPostgres, database: string, settings: Record<string, string> = {}): Promise<TestStandby> {
  const directory = mkdtempSync(path.join(tmpdir(), 'salespider-copy-'))
  giveToServer(directory)
  const dataDir = path.join(directory, 'data')
  const from = ['-h', shop.socketDir, '-p', String(shop.port), '-U', 'postgres']
  const copy = [...from, '-D', dataDir, '-X', 'stream', '-c', 'fast', '--no-sync']
  execFileSync('setpriv', [...asServer(), '--', path.join(binaries(), 'pg_basebackup'), ...copy], { cwd: '/', stdio: 'pipe' })
  writeFileSync(path.join(dataDir, 'standby.signal'), '')
  appendFileSync(path.join(dataDir, 'postgresql.auto.conf'), "restore_command = ''\narchive_mode = 'off'\n")
  const own = {
    port: String(PORT), listen_addresses: '', unix_socket_directories: directory, shared_buffers: '32MB',
    recovery_target_timeline: '1', ...settings,
  }
  const args = ['-D', dataDir, ...Object.entries(own).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const command = ['--pdeathsig', 'QUIT', ...asServer(), '--', path.join(binaries(), 'postgres'), ...args]
  const server = spawn('setpriv', command, { cwd: '/', stdio: 'ignore' })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const config = { host: directory, port: PORT, user: 'postgres', database }
  const stop = async () => {
    server.kill('SIGQUIT')
    await ended
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  const deadline = Date.now() + 30_000
  while (!(await answers(config))) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error('the copy did not start')
    await sleep(50)
  }
  return { config, dataDir, stop }
}
