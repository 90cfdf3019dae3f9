/** As much of Azure's blob service as pgBackRest speaks: path style, shared key checked, errors with Azure's own codes. */
import { type Answer, type Asked, type Bucket, type Operation, hmac, isSkewed, partOf, xmlText } from './bucket'

export type AzureKeys = { account: string; key: string }

export function answerAzure(bucket: Bucket, container: string, keys: AzureKeys, asked: Asked): Answer {
  const { method, url } = asked
  const batch = /multipart\/mixed; *boundary=(\S+)/.exec(asked.headers['content-type'] ?? '')?.[1]
  const unsigned = checkSignature(asked, keys, bucket)
  if (unsigned) return unsigned
  const [, , name = '', ...rest] = url.pathname.split('/').map(decodeURIComponent)
  if (batch) return error(400, 'UnsupportedHeader')
  if (name !== container || !bucket.exists) return error(404, 'ContainerNotFound')
  const key = rest.join('/')
  const operation = operations[method] ?? 'read'
  const wanted: Operation = operation === 'read' && url.searchParams.get('comp') === 'list' ? 'list' : operation
  if (bucket.refused.has(wanted)) return error(403, 'AuthorizationPermissionMismatch')
  switch (wanted) {
    case 'list':
      return list(bucket, url)
    case 'write':
      return write(bucket, key, asked)
    case 'delete':
      if (bucket.isImmutable) return error(409, 'BlobImmutableDueToPolicy')
      return bucket.delete(key) ? { status: 202 } : error(404, 'BlobNotFound')
    case 'read':
      return read(bucket, key, asked)
  }
}

const operations: Record<string, Operation> = { PUT: 'write', DELETE: 'delete' }
const XML = { 'content-type': 'application/xml' }
const error = (status: number, code: string, detail = ''): Answer => ({
  status, headers: { ...XML, 'x-ms-error-code': code },
  body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message>${detail}</Error>`,
})

function list(bucket: Bucket, { searchParams: asked }: URL): Answer {
  const { objects, prefixes, next } = bucket.list(asked.get('prefix') ?? '', asked.get('delimiter') ?? '', asked.get('marker') ?? '')
  const blobs = objects.map(([name, { body, at, md5 }]) =>
    `<Blob><Name>${xmlText(name)}</Name><Properties><Last-Modified>${at.toUTCString()}</Last-Modified><Content-Length>${body.length}</Content-Length>` +
    `<Content-MD5>${md5.toString('base64')}</Content-MD5><BlobType>BlockBlob</BlobType></Properties></Blob>`)
  const common = prefixes.map((prefix) => `<BlobPrefix><Name>${xmlText(prefix)}</Name></BlobPrefix>`)
  const body = `<Blobs>${blobs.join('')}${common.join('')}</Blobs><NextMarker>${xmlText(next ?? '')}</NextMarker>`
  return { status: 200, headers: XML, body: `<?xml version="1.0" encoding="utf-8"?><EnumerationResults>${body}</EnumerationResults>` }
}

/** A blob at once, or as blocks that a list of them puts together. */
function write(bucket: Bucket, key: string, { url: { searchParams }, body }: Asked): Answer {
  const block = (id: string) => `${key} ${id}`
  if (searchParams.get('comp') === 'block') bucket.unfinished.set(block(searchParams.get('blockid') ?? ''), [body])
  else if (searchParams.get('comp') === 'blocklist') {
    const ids = [...body.toString().matchAll(/<(?:Uncommitted|Latest)>([^<]*)</g)].map(([, id = '']) => block(id))
    bucket.put(key, Buffer.concat(ids.flatMap((id) => bucket.unfinished.get(id) ?? [])))
    for (const id of ids) bucket.unfinished.delete(id)
  } else bucket.put(key, body)
  return { status: 201 }
}

function read(bucket: Bucket, key: string, { headers }: Asked): Answer {
  const object = bucket.objects.get(key)
  if (!object) return error(404, 'BlobNotFound')
  const about = { 'last-modified': object.at.toUTCString(), 'content-md5': object.md5.toString('base64'), 'x-ms-blob-type': 'BlockBlob' }
  return { ...partOf(object, headers['x-ms-range'] ?? headers.range), headers: about }
}

const SIGNED = [
  'content-encoding', 'content-language', 'content-length', 'content-md5', 'content-type', 'date', 'if-modified-since', 'if-match', 'if-none-match',
  'if-unmodified-since', 'range',
]

/** Null when it is signed as it should be. */
function checkSignature({ method, url, headers }: Asked, { account, key }: AzureKeys, bucket: Bucket): Answer | null {
  const stated = new Date(headers['x-ms-date'] ?? headers.date ?? '')
  if (isSkewed(stated, bucket)) {
    const detail = `<AuthenticationErrorDetail>Request date header too old: '${headers['x-ms-date'] ?? headers.date}'</AuthenticationErrorDetail>`
    return error(403, 'AuthenticationFailed', detail)
  }
  const values = SIGNED.map((name) => (name === 'content-length' && headers[name] === '0' ? '' : (headers[name] ?? '')))
  const own = Object.keys(headers).filter((name) => name.startsWith('x-ms-')).toSorted().map((name) => `${name}:${headers[name]}`)
  const query = [...url.searchParams].toSorted().map(([name, value]) => `${name}:${value}`)
  const toSign = [method, ...values, ...own, [`/${account}${url.pathname}`, ...query].join('\n')].join('\n')
  const signature = hmac(Buffer.from(key, 'base64'), toSign).toString('base64')
  if (headers.authorization === `SharedKey ${account}:${signature}`) return null
  const detail = '<AuthenticationErrorDetail>The MAC signature found in the HTTP request is not the same as any computed signature.</AuthenticationErrorDetail>'
  return error(403, 'AuthenticationFailed', detail)
}
