/**
 * What the environment says about the repositories, read as a whole: every problem is found at once, each with its variable's
 * name. Names are SaleSpider's (AWS_S3_BUCKET) and pgBackRest's own (PGBACKREST_REPO1_S3_BUCKET); the second repository has
 * pgBackRest's alone.
 */
import { z } from 'zod'
import { stanzaNameSchema } from '@/lib/jobs/schema'

export const repositoryTypes = ['posix', 's3', 'azure', 'gcs'] as const
export type RepositoryType = (typeof repositoryTypes)[number]
export const compressTypes = ['none', 'gz', 'bz2', 'lz4', 'zst'] as const

/** `missing`, `differs` from its other name `other`, `contradicts` the setting of `other`, else what its `value` should look like. */
export type Problem = {
  variable: string
  code: 'missing' | 'differs' | 'contradicts' | 'invalid'
  /** Words for `invalid`: setup.json, `expected` */
  expected?: Expected
  other?: string
}
export type Expected =
  | 'type' | 'path' | 'bucket' | 'container' | 'endpoint' | 'region' | 'key' | 'account' | 'gcsKey' | 'uriStyle' | 'keyType' | 'port'
  | 'passphrase' | 'retention' | 'processMax' | 'compressType' | 'compressLevel' | 'stanza' | 'flag' | 'caFile'

/** Options of pgBackRest without their `repoN-`; `gcsKey` is a file's content, which has to be put somewhere first. */
export type Repository = { key: number; type: RepositoryType; options: Record<string, string>; gcsKey: string | null }
export type SetupSettings = {
  stanza: string
  /** Empty: the database is somebody else's to back up */
  repositories: Repository[]
  global: Record<string, string>
}
export type SetupReading = { settings: SetupSettings; problems: [] } | { settings: null; problems: Problem[] }

export type Environment = Readonly<Record<string, string | undefined>>

const noControl = /^[^\u0000-\u001f\u007f]+$/
const shapes = {
  path: z.string().regex(/^\/[^\u0000-\u001f\u007f]*$/),
  bucket: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,221}$/),
  container: z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/),
  endpoint: z.string().regex(/^(https:\/\/)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?\/?$/),
  region: z.string().regex(/^[A-Za-z0-9-]+$/),
  key: z.string().regex(noControl),
  account: z.string().regex(/^[a-z0-9]{3,24}$/),
  uriStyle: z.enum(['host', 'path']),
  keyType: z.enum(['shared', 'sas', 'auto']),
  port: z.string().regex(/^\d{1,5}$/).refine((port) => Number(port) >= 1 && Number(port) <= 65_535),
  caFile: z.string().regex(/^\/[^\u0000-\u001f\u007f]+$/),
  passphrase: z.string().regex(noControl).min(16),
  retention: z.string().regex(/^[1-9]\d{0,6}$/),
  processMax: z.string().regex(/^[1-9]\d{0,2}$/),
  compressType: z.enum(compressTypes),
  compressLevel: z.string().regex(/^-?\d{1,2}$/),
  flag: z.enum(['true', 'false', 'yes', 'no', '1', '0']),
} as const
type Shape = keyof typeof shapes

type Field = { option: string; shape: Shape; names: string[]; isNeeded: boolean }
const field = (option: string, shape: Shape, names: string[], isNeeded = false): Field => ({ option, shape, names, isNeeded })

const own = (key: number, name: string) => `PGBACKREST_REPO${key}_${name}`
/** pgBackRest's name first; SaleSpider's only for the first repository. */
const named = (key: number, name: string, ...others: string[]) => [own(key, name), ...(key === 1 ? others : [])]

function fieldsOf(type: RepositoryType, key: number): Field[] {
  switch (type) {
    case 'posix':
      return []
    case 's3':
      return [
        field('s3-bucket', 'bucket', named(key, 'S3_BUCKET', 'AWS_S3_BUCKET'), true),
        field('s3-region', 'region', named(key, 'S3_REGION', 'AWS_REGION'), true),
        field('s3-endpoint', 'endpoint', named(key, 'S3_ENDPOINT', 'AWS_S3_ENDPOINT')),
        field('s3-key', 'key', named(key, 'S3_KEY', 'AWS_ACCESS_KEY_ID'), true),
        field('s3-key-secret', 'key', named(key, 'S3_KEY_SECRET', 'AWS_SECRET_ACCESS_KEY'), true),
        field('s3-uri-style', 'uriStyle', named(key, 'S3_URI_STYLE', 'AWS_S3_URI_STYLE')),
      ]
    case 'azure':
      return [
        field('azure-account', 'account', named(key, 'AZURE_ACCOUNT', 'AZURE_STORAGE_ACCOUNT'), true),
        field('azure-key', 'key', named(key, 'AZURE_KEY', 'AZURE_STORAGE_KEY'), true),
        field('azure-container', 'container', named(key, 'AZURE_CONTAINER', 'AZURE_STORAGE_CONTAINER'), true),
        field('azure-key-type', 'keyType', named(key, 'AZURE_KEY_TYPE')),
        field('azure-uri-style', 'uriStyle', named(key, 'AZURE_URI_STYLE')),
        field('storage-host', 'endpoint', named(key, 'AZURE_ENDPOINT', 'AZURE_STORAGE_ENDPOINT')),
      ]
    case 'gcs':
      return [
        field('gcs-bucket', 'bucket', named(key, 'GCS_BUCKET', 'GCS_BUCKET'), true),
        field('gcs-key', 'key', named(key, 'GCS_KEY', 'GCS_KEY'), true),
        field('gcs-endpoint', 'endpoint', named(key, 'GCS_ENDPOINT', 'GCS_ENDPOINT')),
      ]
  }
}

/** Of every kind of repository. */
function commonFields(type: RepositoryType, key: number): Field[] {
  const remote = [
    field('storage-port', 'port', [own(key, 'STORAGE_PORT')]),
    field('storage-ca-file', 'caFile', [own(key, 'STORAGE_CA_FILE')]),
  ]
  return [
    field('path', 'path', [own(key, 'PATH')]),
    field('cipher-pass', 'passphrase', [own(key, 'CIPHER_PASS')]),
    field('retention-full', 'retention', named(key, 'RETENTION_FULL', 'BACKUP_RETENTION_FULL')),
    field('retention-diff', 'retention', named(key, 'RETENTION_DIFF', 'BACKUP_RETENTION_DIFF')),
    ...(type === 'posix' ? [] : remote),
  ]
}

const DEFAULT_PATH: Record<RepositoryType, string> = { posix: '/var/lib/pgbackrest', s3: '/pgbackrest', azure: '/pgbackrest', gcs: '/pgbackrest' }

/** `source` with what is empty taken for unset. */
export function readSetup(source: Environment): SetupReading {
  const problems: Problem[] = []
  const read = openReader(Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim())), problems)
  const repositories = isHosted(read) ? [] : [1, 2].flatMap((key) => readRepository(key, read, problems) ?? [])
  const stanza = stanzaNameSchema.safeParse(read.raw('PGBACKREST_STANZA') ?? 'salespider')
  if (!stanza.success) problems.push({ variable: 'PGBACKREST_STANZA', code: 'invalid', expected: 'stanza' })
  const global = {
    ...read.option(field('process-max', 'processMax', ['PROCESS_MAX'])),
    ...read.option(field('compress-type', 'compressType', ['COMPRESS_TYPE'])),
    ...read.option(field('compress-level', 'compressLevel', ['COMPRESS_LEVEL'])),
  }
  if (problems.length > 0 || !stanza.success) return { settings: null, problems }
  return { settings: { stanza: stanza.data, repositories, global }, problems: [] }
}

type Reader = ReturnType<typeof openReader>

function openReader(source: Environment, problems: Problem[]) {
  function option({ option: name, shape, names, isNeeded }: Field): Record<string, string> {
    const [first, ...others] = [...new Set(names)].filter((variable) => source[variable] !== undefined)
    if (first === undefined) {
      // The one SaleSpider's own guide names is the one people look for.
      if (isNeeded) problems.push({ variable: names.at(-1) ?? name, code: 'missing' })
      return {}
    }
    const value = source[first]?.trim() ?? ''
    for (const other of others) {
      if (source[other]?.trim() !== value) problems.push({ variable: first, code: 'differs', other })
    }
    if (shapes[shape].safeParse(value).success) return { [name]: value }
    problems.push({ variable: first, code: 'invalid', expected: shape })
    return {}
  }
  return { option, raw: (name: string) => source[name]?.trim() }
}

/** Somebody else runs the database and its backups. */
function isHosted(read: Reader): boolean {
  read.option(field('', 'flag', ['SETUP_BACKUP']))
  return ['false', 'no', '0'].includes(read.raw('SETUP_BACKUP') ?? '') || (read.raw(own(1, 'TYPE')) ?? 'posix') === 'none'
}

function readRepository(key: number, read: Reader, problems: Problem[]): Repository | null {
  const given = read.raw(own(key, 'TYPE')) ?? (key === 1 ? 'posix' : 'none')
  if (given === 'none') return null
  const type = repositoryTypes.find((known) => known === given)
  if (!type) {
    problems.push({ variable: own(key, 'TYPE'), code: 'invalid', expected: 'type' })
    return null
  }
  const options = Object.assign({}, ...[...fieldsOf(type, key), ...commonFields(type, key)].map(read.option)) as Record<string, string>
  return finish({ key, type, options: { type, path: DEFAULT_PATH[type], ...options }, gcsKey: null }, problems)
}

/** What follows from the options that were given. */
function finish({ key, type, options, gcsKey: _none }: Repository, problems: Problem[]): Repository {
  const { 'cipher-pass': passphrase, ...plain } = options
  const encrypted: Record<string, string> = passphrase ? { 'cipher-type': 'aes-256-cbc', 'cipher-pass': passphrase } : {}
  const addressed = type === 's3' ? { 's3-endpoint': `s3.${plain['s3-region'] ?? ''}.amazonaws.com`, ...plain } : plain
  const { host, port } = splitEndpoint(addressed[endpointOption[type]])
  const place: Record<string, string> = host ? { [endpointOption[type]]: host, ...(port && { 'storage-port': addressed['storage-port'] ?? port }) } : {}
  if (port && addressed['storage-port'] && addressed['storage-port'] !== port) {
    problems.push({ variable: own(key, 'STORAGE_PORT'), code: 'contradicts', other: own(key, endpointVariable[type]) })
  }
  const isContent = addressed['gcs-key']?.startsWith('{') ?? false
  const { 'gcs-key': gcsKey = null, ...withoutKey } = addressed
  return { key, type, options: { ...(isContent ? withoutKey : addressed), ...place, ...encrypted }, gcsKey: isContent ? gcsKey : null }
}

const endpointOption: Record<RepositoryType, string> = { posix: '', s3: 's3-endpoint', azure: 'storage-host', gcs: 'gcs-endpoint' }
const endpointVariable: Record<RepositoryType, string> = { posix: '', s3: 'S3_ENDPOINT', azure: 'AZURE_ENDPOINT', gcs: 'GCS_ENDPOINT' }

/** pgBackRest takes a host; people paste an address. */
function splitEndpoint(endpoint: string | undefined): { host: string | null; port: string | null } {
  const [, host = null, port = null] = /^(?:https:\/\/)?([^:/]+)(?::(\d+))?\/?$/.exec(endpoint ?? '') ?? []
  return { host, port }
}
