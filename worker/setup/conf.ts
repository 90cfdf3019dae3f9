/** The text of the configuration, from values alone. */
import type { PgbackrestVersion } from '../pgbackrest/version'
import { SECRET_OPTION } from './changes'
import type { Repository, SetupSettings } from './variables'

const HEAD = '# Written by the setup service from the environment: change that, then make regenerate-config.\n'

type Options = Record<string, string>

/** Where the images keep things. */
export const places = {
  config: '/etc/pgbackrest', volume: '/srv/postgres', sockets: '/var/run/postgresql', spool: '/var/spool/pgbackrest', log: '/var/log/pgbackrest',
} as const

/**
 * The template without what the environment decides, its stanza's section under the stanza's own name. Options of a repository
 * that is set up from the environment go to the other file: pgBackRest takes no option twice.
 */
export function mainConf(template: string, { stanza, repositories, global }: SetupSettings): string {
  const decided = (name: string) => name in global || repositories.some(({ key }) => name.startsWith(`repo${key}-`) && !isRetention(name))
    || repositories.some((repository) => name in prefixed(repository))
  const lines = template.trimEnd().split('\n').filter((line) => {
    const name = /^([a-z0-9-]+)\s*=/.exec(line.trim())?.[1]
    return name === undefined || !decided(name)
  })
  return `${HEAD}${withOptions(lines.join('\n'), global).replace(/^\[salespider(:[a-z-]+)?\]$/gm, `[${stanza}$1]`)}\n`
}

const isRetention = (name: string) => /-retention-/.test(name)

/** `gcsKeyFile`: where the key of a repository was put. */
export function repositoriesConf(repositories: Repository[], version: PgbackrestVersion | null, gcsKeyFile: (key: number) => string): string {
  const options = repositories.map((repository) => ({
    ...prefixed(repository),
    ...(repository.gcsKey && { [`repo${repository.key}-gcs-key`]: gcsKeyFile(repository.key) }),
    ...bundling(repository.key, version),
  }))
  return `${HEAD}[global]\n${lines(Object.assign({}, ...options) as Options)}`
}

function prefixed({ key, options }: Repository): Options {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [`repo${key}-${name}`, value]))
}

/** Many small files as few large ones since 2.39, and only the blocks that changed since 2.46. Repositories without can go on: new sets use it. */
function bundling(key: number, version: PgbackrestVersion | null): Options {
  const has = (minor: number) => version !== null && (version.major > 2 || version.minor >= minor)
  return { ...(has(39) && { [`repo${key}-bundle`]: 'y' }), ...(has(46) && { [`repo${key}-block`]: 'y' }) }
}

function withOptions(text: string, options: Options): string {
  return text.replace(/^\[global\]\n/m, (head) => `${head}${lines(options)}`)
}

const lines = (options: Options) => Object.entries(options).map(([name, value]) => `${name}=${value}\n`).join('')

/** What every cluster of the shop includes, so that a restored one follows the environment too. */
export function postgresqlConf({ stanza, repositories }: SetupSettings): string {
  const archiving = repositories.length > 0
    ? {
        archive_mode: 'on',
        // Its exit code is pgBackRest's own: WAL is acknowledged when every repository has it, and never before.
        archive_command: `pgbackrest --stanza=${stanza} archive-push "%p"`,
        archive_timeout: '60',
      }
    : { archive_mode: 'off' }
  const settings = {
    listen_addresses: '*', port: '5432', unix_socket_directories: places.sockets, unix_socket_permissions: '0770',
    timezone: 'UTC', log_timezone: 'UTC', log_line_prefix: '%m [%p] %q%u@%d ', wal_level: 'replica', ...archiving,
  }
  return `${HEAD}${Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`).join('')}`
}

/** As it may be shown. */
export function redactConf(text: string): string {
  return text.replace(/^([a-z0-9-]+)\s*=.*$/gm, (line, name: string) => (SECRET_OPTION.test(name) ? `${name}=hidden` : line))
}
