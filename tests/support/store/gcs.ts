/** As much of Google Cloud Storage as pgBackRest speaks: the JSON API, a service account's signed token checked. */
import { type KeyObject, createVerify, randomUUID } from 'node:crypto'
import { type Answer, type Asked, type Bucket, type Operation, type StoredObject, isSkewed, partOf } from './bucket'

export type GcsKeys = { publicKey: KeyObject; token: string }

export function answerGcs(bucket: Bucket, name: string, keys: GcsKeys, asked: Asked): Answer {
  const { method, url, headers } = asked
  if (url.pathname === '/token') return grant(asked, keys, bucket)
  const isUpload = method === 'PUT' && url.searchParams.has('upload_id')
  if (!isUpload && headers.authorization !== `Bearer ${keys.token}`) return error(401, 'Invalid Credentials', 'authError')
  if (url.pathname === '/batch/storage/v1') return removeAll(bucket, asked)
  const [, upload, bucketName, object = ''] = /^\/(upload\/)?storage\/v1\/b\/([^/]+)\/o\/?(.*)$/.exec(url.pathname) ?? []
  if (bucketName !== name || !bucket.exists) return error(404, 'The specified bucket does not exist.', 'notFound')
  const key = decodeURIComponent(object)
  const operation = operationOf(method, upload !== undefined, key)
  if (bucket.refused.has(operation)) return error(403, `probe@shop.iam.gserviceaccount.com does not have ${permissions[operation]} access to the bucket.`, 'forbidden')
  if (operation === 'write') return write(bucket, asked)
  if (operation === 'list') return list(bucket, url)
  if (operation === 'delete') {
    if (bucket.isImmutable) return error(403, 'Object is subject to bucket’s retention policy and cannot be deleted', 'retentionPolicyNotMet')
    return bucket.delete(key) ? { status: 204 } : error(404, 'No such object', 'notFound')
  }
  return read(bucket, key, asked)
}

const permissions: Record<Operation, string> = {
  list: 'storage.objects.list', write: 'storage.objects.create', read: 'storage.objects.get', delete: 'storage.objects.delete',
}

function operationOf(method: string, isUpload: boolean, key: string): Operation {
  if (isUpload) return 'write'
  if (method === 'DELETE') return 'delete'
  return key === '' ? 'list' : 'read'
}

const JSON_TYPE = { 'content-type': 'application/json' }
const json = (status: number, value: unknown, headers = {}): Answer => ({ status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(value) })
const error = (code: number, message: string, reason: string) => json(code, { error: { code, message, errors: [{ message, reason }] } })
const about = (name: string, { body, md5, at }: StoredObject) => ({
  name, size: String(body.length), md5Hash: md5.toString('base64'), updated: at.toISOString(), generation: '1',
})

/** The service account proves itself by a token it signed; an hour, and no clock that differs. */
function grant({ body }: Asked, { publicKey, token }: GcsKeys, bucket: Bucket): Answer {
  const [head = '', claims = '', signature = ''] = (new URLSearchParams(body.toString()).get('assertion') ?? '').split('.')
  const isSigned = createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')
  if (!isSigned) return json(400, { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' })
  const { iat } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iat: number }
  if (!isSkewed(new Date(iat * 1000), bucket)) return json(200, { access_token: token, token_type: 'Bearer', expires_in: 3599 })
  const why = 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.'
  return json(400, { error: 'invalid_grant', error_description: why })
}

function list(bucket: Bucket, { searchParams: asked }: URL): Answer {
  const { objects, prefixes, next } = bucket.list(asked.get('prefix') ?? '', asked.get('delimiter') ?? '', asked.get('pageToken') ?? '')
  return json(200, { items: objects.map(([name, object]) => about(name, object)), prefixes, ...(next && { nextPageToken: next }) })
}

function write(bucket: Bucket, { method, url: { searchParams }, headers, body }: Asked): Answer {
  const name = searchParams.get('name') ?? ''
  if (method === 'POST' && searchParams.get('uploadType') === 'media') return json(200, about(name, bucket.put(name, body)))
  if (method === 'POST') {
    const id = randomUUID()
    bucket.unfinished.set(id, [])
    return json(200, {}, { 'x-guploader-uploadid': id })
  }
  const id = searchParams.get('upload_id') ?? ''
  const parts = [...(bucket.unfinished.get(id) ?? []), body]
  bucket.unfinished.set(id, parts)
  const whole = Buffer.concat(parts)
  if (/\/\*$/.test(headers['content-range'] ?? '')) return { status: 308, headers: { range: `bytes=0-${whole.length - 1}` } }
  bucket.unfinished.delete(id)
  return json(200, about(name, bucket.put(name, whole)))
}

function read(bucket: Bucket, key: string, { url, headers }: Asked): Answer {
  const object = bucket.objects.get(key)
  if (!object) return error(404, `No such object: ${key}`, 'notFound')
  return url.searchParams.get('alt') === 'media' ? partOf(object, headers.range) : json(200, about(key, object))
}

function removeAll(bucket: Bucket, { headers, body }: Asked): Answer {
  const boundary = /boundary=([^;]+)/.exec(headers['content-type'] ?? '')?.[1]?.replaceAll('"', '') ?? ''
  const answers = body.toString('latin1').split(`--${boundary}`).slice(1, -1).map((part) => {
    const id = /content-id:\s*(.*)\r/i.exec(part)?.[1]
    const key = decodeURIComponent(/DELETE \S*\/o\/(\S+) HTTP/.exec(part)?.[1] ?? '')
    const status = bucket.delete(key) ? '204 No Content' : '404 Not Found'
    return `--answer\r\nContent-Type: application/http\r\nContent-ID: response-${id}\r\n\r\nHTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n\r\n`
  })
  return { status: 200, headers: { 'content-type': 'multipart/mixed; boundary=answer' }, body: `${answers.join('')}--answer--` }
}
