/** The text of the configuration files, from values alone. */

export const STANZA = 'salespider'

/** A word of a shell command, whatever is in it. */
export const shellWord = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`

/** Lines of a postgresql.conf. */
export function postgresqlConf(settings: Record<string, string | number>): string {
  const quote = (value: string | number) => `'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
  return Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}\n`).join('')
}

type Place = { port: number; socketDirectory: string }

const everyCluster = ({ port, socketDirectory }: Place) => ({
  listen_addresses: '127.0.0.1',
  port,
  unix_socket_directories: socketDirectory,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] %q%u@%d ',
})

/** `archive_command` acknowledges nothing that pgBackRest did not store. */
export function shopConf(place: Place, pgbackrestConfig: string): string {
  const config = shellWord(pgbackrestConfig).replaceAll('%', '%%')
  return postgresqlConf({
    ...everyCluster(place),
    wal_level: 'replica',
    archive_mode: 'on',
    archive_command: `pgbackrest --config=${config} --stanza=${STANZA} archive-push "%p"`,
    archive_timeout: 60,
  })
}

/** Few rows, few connections: it shares the machine with the shop. */
export function controlConf(place: Place): string {
  const small = { shared_buffers: '32MB', max_wal_size: '128MB', min_wal_size: '32MB', max_connections: 50 }
  return postgresqlConf({ ...everyCluster(place), ...small })
}

/** Over the socket the system user is the superuser, without a password; everybody else needs one, here and on loopback. */
export const pgHba = `local all postgres peer map=owner
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
`
export const pgIdent = (systemUser: string) => `owner "${systemUser}" postgres\n`

type Options = Record<string, string | number>

/** The template with other values: an option is replaced where it stands, or added at the end of its section. */
export function pgbackrestConf(template: string, sections: Record<string, Options>): string {
  const blocks = template.trimEnd().split(/^(?=\[)/m)
  const known = blocks.map((block) => replaceOptions(block, sections[/^\[(.+)\]/.exec(block)?.[1] ?? ''] ?? {}))
  return `${known.join('').trimEnd()}\n`
}

function replaceOptions(block: string, options: Options): string {
  return Object.entries(options).reduce((text, [name, value]) => {
    const line = new RegExp(`^${name}=.*$`, 'm')
    return line.test(text) ? text.replace(line, () => `${name}=${value}`) : `${text.trimEnd()}\n${name}=${value}\n\n`
  }, block)
}
