/**
 * A PostgreSQL server of the worker's own, on a copy of the shop: on a private socket, small, archiving nothing, gone with the
 * worker. What the copy's own configuration says of ports, files and archiving does not count here.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import { type Served, serve } from '../process'
import { type RecoveryNews, isTurningAway, readRecoveryLine } from './recovery-log'
import type { Settings } from './recovery-settings'
import { withSession } from './session'

const PORT = 5432
const POLL_MS = 50
const KEPT_LINES = 200
const STOP_MS = 60_000

export type SideCluster = Awaited<ReturnType<typeof startSideCluster>>

type StartOptions = {
  directory: string
  bin: string
  /** Its superuser, and the database of the shop */
  user: string
  database: string
  settings: Settings
  onLine?: (line: string) => void
  onNews?: (news: RecoveryNews) => void
}

const own = (directory: string, sockets: string): Settings => ({
  data_directory: directory,
  hba_file: path.join(sockets, 'pg_hba.conf'),
  ident_file: path.join(sockets, 'pg_ident.conf'),
  external_pid_file: '',
  listen_addresses: '',
  port: String(PORT),
  unix_socket_directories: sockets,
  unix_socket_permissions: '0700',
  ssl: 'off',
  shared_buffers: '32MB',
  huge_pages: 'off',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  autovacuum: 'off',
  // On, so that a promotion leaves its WAL waiting as `.ready`; nothing takes it before the shop's own archiver does.
  archive_mode: 'on',
  archive_command: '',
  primary_conninfo: '',
  synchronous_standby_names: '',
  hot_standby: 'on',
  restart_after_crash: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] ',
  log_timezone: 'UTC',
  lc_messages: 'C',
})

/** Starts it and does not wait: ask `isUp`, or wait for what `onNews` tells. */
export async function startSideCluster({ directory, bin, user, database, settings, onLine, onNews }: StartOptions) {
  const sockets = await mkdtemp(path.join(tmpdir(), 'salespider-side-'))
  // Only the worker's own user may enter the directory; whoever the copy's roles are, the worker gets in.
  await writeFile(path.join(sockets, 'pg_hba.conf'), 'local all all trust\n')
  await writeFile(path.join(sockets, 'pg_ident.conf'), '')
  const tail: string[] = []
  const all = { ...own(directory, sockets), ...settings }
  const args = ['-D', directory, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  let running = true
  const server: Served = serve(path.join(bin, 'postgres'), args, {
    dieWith: 'SIGQUIT',
    onLine: (line) => {
      if (isTurningAway(line)) return
      if (tail.push(line) > KEPT_LINES) tail.shift()
      onLine?.(line)
      const news = readRecoveryLine(line)
      if (news) onNews?.(news)
    },
  })
  const ended = server.ended.finally(() => {
    running = false
    return rm(sockets, { recursive: true, force: true })
  })
  const config: ClientConfig = { host: sockets, port: PORT, user, database }

  function query<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    return withSession(config, async (client) => (await client.query<T>(sql, values)).rows)
  }

  return {
    directory, bin, config, query, ended,
    /** PostgreSQL's last lines, for words when it does not start */
    lines: (): readonly string[] => tail,
    isRunning: () => running,
    /** Waits until `is` answers true; false when the server has ended instead. Throws when the signal is aborted. */
    async until(is: () => Promise<boolean>, signal?: AbortSignal): Promise<boolean> {
      while (running) {
        signal?.throwIfAborted()
        if (await is().catch(() => false)) return true
        await sleep(POLL_MS)
      }
      return false
    },
    /** A clean shutdown; an immediate one where that does not come to an end. */
    async stop(): Promise<void> {
      if (!running) return
      server.kill('SIGINT')
      const timer = setTimeout(() => server.kill('SIGQUIT'), STOP_MS)
      await ended
      clearTimeout(timer)
    },
  }
}
