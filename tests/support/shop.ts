/** A shop's cluster as it is deployed: in a data volume, behind the link, under the supervisor. */
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type TestPostgres, answers, asServer, binaries, configuration, discardAtExit, discardCluster, freePort, giveToServer, runAsServer,
} from './postgres'

export type SupervisedShop = TestPostgres & {
  /** The data volume: `dataDir` is its link `data` */
  volume: string
  supervisor(): ChildProcess
  /** Starts a supervisor where none runs, with `env` beside its own */
  supervise(env?: Record<string, string>): Promise<void>
}

const FIRST = 'first'

export async function startSupervisedShop(settings: Record<string, string> = {}): Promise<SupervisedShop> {
  const directory = mkdtempSync(path.join(tmpdir(), 'salespider-shop-'))
  const volume = path.join(directory, 'volume')
  mkdirSync(path.join(volume, 'clusters'), { recursive: true })
  const dataDir = path.join(volume, 'data')
  const script = path.join(directory, 'supervisor')
  copyFileSync('docker/supervisor', script)
  giveToServer(directory)
  runAsServer('initdb', ['-D', path.join(volume, 'clusters', FIRST), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  symlinkSync(`clusters/${FIRST}`, dataDir)
  const port = await freePort()
  appendFileSync(path.join(dataDir, 'postgresql.conf'), configuration(directory, { ...settings, port: String(port) }))
  giveToServer(directory)
  let child: ChildProcess
  const stop = discardAtExit(() => {
    child?.kill('SIGKILL')
    discardCluster(directory, dataDir)
  })
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`

  async function supervise(extra: Record<string, string> = {}): Promise<void> {
    const env = { PATH: process.env.PATH ?? '', PG_BIN: binaries(), LOG: path.join(directory, 'postgresql.log'), ...extra }
    child = spawn('setpriv', ['--pdeathsig', 'TERM', ...asServer(), '--', 'bash', script, volume], { cwd: '/', env: env as unknown as NodeJS.ProcessEnv, stdio: 'ignore' })
    for (const deadline = Date.now() + 30_000; !(await answers({ host: directory, port })); await sleep(50)) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error('the supervised shop did not start')
    }
  }

  await supervise()
  return { url, socketDir: directory, port, dataDir, volume, stop, supervise, supervisor: () => child }
}
