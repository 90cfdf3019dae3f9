import path from 'node:path'

/** Where what is kept below DATA_DIR. */
export function pathsIn(root: string) {
  const at = (relative: string) => path.join(root, relative)
  return {
    root,
    /** The data volume: clusters, and the link to the live one, which is pgBackRest's pg1-path */
    volume: at('volume'),
    clusters: at('volume/clusters'),
    data: at('volume/data'),
    repository: at('repository'),
    control: at('control'),
    configDirectory: at('config'),
    config: at('config/pgbackrest.conf'),
    spool: at('spool'),
    lock: at('lock'),
    log: at('log'),
    run: at('run'),
    /** The release that runs: nothing of it is read from the checkout, which its user may not be able to enter */
    app: at('app'),
    env: at('env'),
    secrets: at('secrets.json'),
  }
}
export type Paths = ReturnType<typeof pathsIn>
