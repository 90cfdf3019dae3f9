/** The directories, passwords and configuration files of DATA_DIR. */
import { readFileSync, statSync } from 'node:fs'
import { STANZA, pgbackrestConf } from './config'
import { contractEnv, envFile, keepSecrets } from './env-file'
import { type Owner, findOwner, makeDirectory, writeOwnedFile } from './owner'
import { type Paths, pathsIn } from './paths'
import type { Installation } from './services'
import type { Settings } from './settings'
import { ensureSocketDirectory } from './sockets'
import { StepFailed } from './steps'

const TEMPLATE = 'config/pgbackrest/pgbackrest.conf'

export function prepare(settings: Settings): Installation {
  const paths = pathsIn(settings.DATA_DIR)
  const owner = findOwner()
  requireOwner(paths, owner)
  makeDirectory(paths.root, owner, 0o755)
  for (const directory of [paths.volume, paths.repository, paths.configDirectory, paths.spool, paths.lock, paths.log]) {
    makeDirectory(directory, owner, 0o750)
  }
  const socketDirectory = ensureSocketDirectory(paths, owner)
  const secrets = keepSecrets(paths, owner, settings.SUPER_ADMIN_PASSWORD)
  const env = contractEnv(settings, paths, secrets, socketDirectory)
  writeOwnedFile(paths.config, configOf(settings, paths, socketDirectory), owner, 0o640)
  writeOwnedFile(paths.env, envFile(env), owner)
  return { settings, paths, owner, secrets, env, socketDirectory }
}

/** Clusters cannot change hands. */
function requireOwner({ volume, root }: Paths, owner: Owner): void {
  const present = statSync(volume, { throwIfNoEntry: false })
  if (present && present.uid !== owner.uid) {
    throw new StepFailed(`${root} was made by another user than ${owner.name}. Start as that user, or set another DATA_DIR.`)
  }
}

function configOf(settings: Settings, paths: Paths, socketDirectory: string): string {
  return pgbackrestConf(readFileSync(TEMPLATE, 'utf8'), {
    global: { 'repo1-path': paths.repository, 'log-path': paths.log, 'lock-path': paths.lock, 'spool-path': paths.spool },
    [STANZA]: { 'pg1-path': paths.data, 'pg1-port': settings.POSTGRES_PORT, 'pg1-socket-path': socketDirectory },
  })
}
