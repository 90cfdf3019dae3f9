import { type Provider, providers } from './providers'

/** `host`: a name, an address or a socket's directory; null where the URL does not tell it safely. */
export type HostedDatabase = { host: string | null; provider: Provider | null }

type Deployment = { SETUP_BACKUP?: string | undefined; PGBACKREST_REPO1_TYPE?: string | undefined }

/** Somebody else runs the database and its backups: the setup service reads the two the same way. */
export function isHosted({ SETUP_BACKUP = '', PGBACKREST_REPO1_TYPE }: Deployment): boolean {
  return ['false', 'no', '0'].includes(SETUP_BACKUP) || PGBACKREST_REPO1_TYPE === 'none'
}

/** Who runs the database of a connection URL. Nothing of its user or password is in what comes back. */
export function readHostedDatabase(url: string): HostedDatabase {
  const host = findHost(url)
  return { host, provider: providers.find(({ hosts }) => host !== null && hosts.test(host)) ?? null }
}

/** As PostgreSQL's clients have it: `?host=` goes before the authority, a socket's directory may be percent-encoded. */
function findHost(url: string): string | null {
  if (!URL.canParse(url)) return null
  const { protocol, hostname, pathname, search, hash, searchParams } = new URL(url)
  if (!/^postgres(ql)?:$/.test(protocol)) return null
  // A password with a bare / ? or # ends the authority early: what stands there then is a part of the secret.
  if (`${pathname}${search}${hash}`.includes('@')) return null
  const host = (searchParams.get('host') || decode(hostname)).replace(/^\[(.*)\]$/, '$1')
  if (host.startsWith('/')) return host
  return /^[\w.:-]+$/.test(host) ? host.toLowerCase().replace(/\.$/, '') : null
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
