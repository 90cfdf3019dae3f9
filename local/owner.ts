/** Who the clusters, the worker and the dashboard run as, and files that belong to that user. */
import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'

export type Owner = {
  name: string
  uid: number
  gid: number
  home: string
  /** The command, made this user's. `dieWith`: the signal it gets when this process is killed outright */
  command(command: string[], dieWith?: NodeJS.Signals): string[]
}

/** PostgreSQL refuses to run as root, who therefore hands over to `postgres`; anybody else runs everything. */
export function findOwner(): Owner {
  const { username, uid, gid, homedir } = userInfo()
  if (uid !== 0) return { name: username, uid, gid, home: homedir, command: commandAs([]) }
  const identity = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const become = ['--reuid', 'postgres', '--regid', 'postgres', '--init-groups']
  return { name: 'postgres', uid: identity('-u'), gid: identity('-g'), home: '/', command: commandAs(become) }
}

function commandAs(become: string[]): Owner['command'] {
  return (command, dieWith) => {
    const options = dieWith ? [...become, '--pdeathsig', dieWith.replace('SIG', '')] : become
    return options.length > 0 ? ['setpriv', ...options, '--', ...command] : command
  }
}

export function makeDirectory(directory: string, owner: Owner, mode = 0o700): void {
  mkdirSync(directory, { recursive: true })
  chownSync(directory, owner.uid, owner.gid)
  chmodSync(directory, mode)
}

/** Whole or not at all. */
export function writeOwnedFile(file: string, text: string, owner: Owner, mode = 0o600): void {
  const unfinished = `${file}.new`
  writeFileSync(unfinished, text, { mode })
  chownSync(unfinished, owner.uid, owner.gid)
  chmodSync(unfinished, mode)
  renameSync(unfinished, file)
}
