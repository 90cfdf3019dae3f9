/** What we read of pgBackRest's own configuration: where the repositories are. Never a secret. */
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { RepositorySettings } from '@/lib/repositories/schema'

export type RepositoryConfig = {
  key: number
  type: string
  /** A path, or bucket and path, for people */
  location: string
  /** The directory, for a repository of this machine */
  path: string | null
  isEncrypted: boolean
  settings: RepositorySettings
}

const DEFAULT_PATH = '/var/lib/pgbackrest'
/** pgBackRest's own place: there, and only where it is not told of a file, it reads conf.d beside it too. */
export const DEFAULT_CONFIG = '/etc/pgbackrest/pgbackrest.conf'

/** `--config`, quoted by `quote` where it goes through a shell; none where pgBackRest looks by itself. */
export function configOption(config: string | undefined, quote: (value: string) => string = String): string[] {
  return config === undefined || config === DEFAULT_CONFIG ? [] : [`--config=${quote(config)}`]
}

/** All that pgBackRest reads, as one text; empty where nothing can be read. */
export async function readConfig(config: string): Promise<string> {
  const directory = path.join(path.dirname(config), 'conf.d')
  const beside = config === DEFAULT_CONFIG ? await readdir(directory).catch(() => []) : []
  const files = [config, ...beside.filter((name) => name.endsWith('.conf')).toSorted().map((name) => path.join(directory, name))]
  return (await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))).join('\n')
}

/** Options of `[global]`, overridden by the stanza's own section. */
export function parseConfig(text: string, stanza: string): Map<string, string> {
  const sections = new Map<string, [string, string][]>()
  let current: [string, string][] = []
  for (const line of text.split('\n')) {
    const section = /^\[(.+)\]\s*$/.exec(line.trim())
    const option = /^([a-z0-9-]+)\s*=\s*(.*)$/.exec(line.trim())
    if (section?.[1]) sections.set(section[1], (current = sections.get(section[1]) ?? []))
    else if (option?.[1]) current.push([option[1], option[2] ?? ''])
  }
  return new Map([...(sections.get('global') ?? []), ...(sections.get(stanza) ?? [])])
}

/** The repositories that are configured, in the order of their keys. */
export function repositoriesOf(options: ReadonlyMap<string, string>): RepositoryConfig[] {
  const keys = [...options.keys()].map((name) => Number(/^repo(\d+)-/.exec(name)?.[1] ?? 0)).filter((key) => key > 0)
  return [...new Set(keys)].toSorted((a, b) => a - b).map((key) => toRepository(key, (name) => options.get(`repo${key}-${name}`)))
}

function toRepository(key: number, option: (name: string) => string | undefined): RepositoryConfig {
  const type = option('type') ?? 'posix'
  const place = option('path') ?? DEFAULT_PATH
  const local = (type === 'posix' || type === 'cifs') && !option('host')
  const container = option('s3-bucket') ?? option('azure-container') ?? option('gcs-bucket') ?? option('host') ?? ''
  return {
    key, type, location: local ? place : `${container}${place}`, path: local ? place : null,
    isEncrypted: (option('cipher-type') ?? 'none') !== 'none',
    settings: settingsOf(option),
  }
}

function settingsOf(option: (name: string) => string | undefined): RepositorySettings {
  const count = (name: string) => Number(option(name)) || null
  return {
    endpoint: option('s3-endpoint') ?? option('storage-host') ?? option('gcs-endpoint') ?? option('azure-account') ?? null,
    region: option('s3-region') ?? null,
    caFile: option('storage-ca-file') ?? null,
    isVerified: (option('storage-verify-tls') ?? 'y') !== 'n',
    retention: {
      full: count('retention-full'), unit: option('retention-full-type') === 'time' ? 'days' : 'sets', diff: count('retention-diff'),
    },
  }
}
