/** A shop's cluster as it is deployed: in a data volume, behind the link, under the supervisor. */
import { appendFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChildProcess } from 'node:child_process'
import { type TestPostgres, answers, configuration, discardAtExit, freePort, giveToServer, runAsServer } from './postgres'
import { type Supervisor, makeVolume } from './volume'

export type SupervisedShop = TestPostgres & {
  /** The data volume: `dataDir` is its link `data` */
  volume: string
  supervisor(): ChildProcess
  /** Starts a supervisor where none runs, with `env` beside its own, and waits until the shop answers */
  supervise(env?: Record<string, string>): Promise<void>
  /** Starts one that holds the shop, and waits for nothing */
  superviseHeld(): void
}

const FIRST = 'first'

export async function startSupervisedShop(settings: Record<string, string> = {}, megabytes?: number): Promise<SupervisedShop> {
  const { root, volume, data, cluster, supervise, discard } = makeVolume({ megabytes })
  const stop = discardAtExit(discard)
  runAsServer('initdb', ['-D', cluster(FIRST), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  symlinkSync(`clusters/${FIRST}`, data)
  const port = await freePort()
  appendFileSync(path.join(data, 'postgresql.conf'), configuration(root, { ...settings, port: String(port) }))
  giveToServer(root)
  let supervisor: Supervisor

  async function start(env: Record<string, string> = {}): Promise<void> {
    supervisor = supervise({ env })
    for (const deadline = Date.now() + 30_000; !(await answers({ host: root, port })); await sleep(50)) {
      if (supervisor.child.exitCode !== null || Date.now() > deadline) throw new Error(`the shop did not start: ${supervisor.said()}`)
    }
  }

  await start()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  return {
    url, socketDir: root, port, dataDir: data, volume, stop, supervise: start, supervisor: () => supervisor.child,
    superviseHeld: () => void (supervisor = supervise({})),
  }
}
