/** What a start that was killed outright left behind is gone within moments: its programs are told to stop by the kernel. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StepFailed } from './steps'

const POSTMASTER_PATIENCE_MS = 10_000
const PORT_PATIENCE_MS = 3_000
const POLL_MS = 200

/** The process of the cluster's postmaster, if there is one. */
function findPostmaster(dataDirectory: string): number | null {
  const lock = path.join(dataDirectory, 'postmaster.pid')
  if (!existsSync(lock)) return null
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0])
  return isAtHomeIn(dataDirectory, pid) ? pid : null
}

/** A postmaster's working directory is its cluster; after a crash the number may be another program's. */
function isAtHomeIn(dataDirectory: string, pid: number): boolean {
  try {
    const [home, directory] = [statSync(`/proc/${pid}/cwd`), statSync(dataDirectory)]
    return home.dev === directory.dev && home.ino === directory.ino
  } catch {
    return false
  }
}

/** The process that did not end in time, or null. */
export async function awaitPostmasterEnd(dataDirectory: string): Promise<number | null> {
  const deadline = Date.now() + POSTMASTER_PATIENCE_MS
  while (findPostmaster(dataDirectory) && Date.now() < deadline) await sleep(POLL_MS)
  return findPostmaster(dataDirectory)
}

/** Fails with the name of the variable that chooses another port. */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  const deadline = Date.now() + PORT_PATIENCE_MS
  while (!(await isFree(port))) {
    if (Date.now() > deadline) {
      throw new StepFailed(`Port ${port} is taken by another program. Choose another one: ${variable}=… make start`)
    }
    await sleep(POLL_MS)
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)))
  })
}
