/** As much of S3 as pgBackRest speaks: path style, signature version 4 checked, errors with S3's own codes. */
import { createHash, randomUUID } from 'node:crypto'
import { type Answer, type Asked, type Bucket, type Operation, hmac, isSkewed, partOf, xmlText } from './bucket'

export type S3Keys = { region: string; key: string; secret: string }

export function answerS3(bucket: Bucket, name: string, keys: S3Keys, asked: Asked): Answer {
  const { method, url } = asked
  const unsigned = checkSignature(asked, keys, bucket)
  if (unsigned) return unsigned
  const [, bucketName = '', ...rest] = url.pathname.split('/').map(decodeURIComponent)
  if (bucketName !== name || !bucket.exists) return error(404, 'NoSuchBucket')
  const key = rest.join('/')
  const operation = operationOf(method, key, url)
  if (bucket.refused.has(operation)) return error(403, 'AccessDenied')
  if (operation === 'list') return list(bucket, url)
  if (operation === 'delete') return remove(bucket, key, asked)
  return operation === 'write' ? write(bucket, key, asked) : read(bucket, key, asked)
}

function operationOf(method: string, key: string, url: URL): Operation {
  if (method === 'DELETE' || url.searchParams.has('delete')) return 'delete'
  if (method === 'PUT' || method === 'POST') return 'write'
  return key === '' ? 'list' : 'read'
}

const XML = { 'content-type': 'application/xml' }
const error = (status: number, code: string, more = ''): Answer => ({
  status, headers: XML, body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message>${more}</Error>`,
})

function list(bucket: Bucket, { searchParams: asked }: URL): Answer {
  const { objects, prefixes, next } = bucket.list(asked.get('prefix') ?? '', asked.get('delimiter') ?? '', asked.get('continuation-token') ?? '')
  const contents = objects.map(([name, { body, at, md5 }]) =>
    `<Contents><Key>${xmlText(name)}</Key><LastModified>${at.toISOString()}</LastModified><ETag>"${md5.toString('hex')}"</ETag><Size>${body.length}</Size></Contents>`)
  const common = prefixes.map((prefix) => `<CommonPrefixes><Prefix>${xmlText(prefix)}</Prefix></CommonPrefixes>`)
  const more = next ? `<NextContinuationToken>${xmlText(next)}</NextContinuationToken>` : ''
  const body = `<IsTruncated>${next !== null}</IsTruncated>${more}${contents.join('')}${common.join('')}`
  return { status: 200, headers: XML, body: `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>${body}</ListBucketResult>` }
}

function remove(bucket: Bucket, key: string, { method, body }: Asked): Answer {
  if (method === 'DELETE') {
    bucket.delete(key)
    return { status: 204 }
  }
  for (const [, name = ''] of body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)) {
    bucket.delete(name.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
  }
  return { status: 200, headers: XML, body: '<?xml version="1.0" encoding="UTF-8"?><DeleteResult></DeleteResult>' }
}

function write(bucket: Bucket, key: string, { method, url: { searchParams }, body }: Asked): Answer {
  const upload = searchParams.get('uploadId')
  if (searchParams.has('uploads')) {
    const id = randomUUID()
    bucket.unfinished.set(id, [])
    return { status: 200, headers: XML, body: `<?xml version="1.0"?><InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>` }
  }
  const parts = bucket.unfinished.get(upload ?? '')
  if (!parts) return { status: 200, headers: { etag: `"${bucket.put(key, body).md5.toString('hex')}"` } }
  if (method === 'PUT') {
    parts[Number(searchParams.get('partNumber'))] = body
    return { status: 200, headers: { etag: `"${createHash('md5').update(body).digest('hex')}"` } }
  }
  bucket.put(key, Buffer.concat(parts.filter(Boolean)))
  bucket.unfinished.delete(upload ?? '')
  return { status: 200, headers: XML, body: '<?xml version="1.0"?><CompleteMultipartUploadResult><ETag>"done"</ETag></CompleteMultipartUploadResult>' }
}

function read(bucket: Bucket, key: string, { headers }: Asked): Answer {
  const object = bucket.objects.get(key)
  if (!object) return error(404, 'NoSuchKey')
  return { ...partOf(object, headers.range), headers: { etag: `"${object.md5.toString('hex')}"`, 'last-modified': object.at.toUTCString() } }
}

const AUTHORIZATION = /Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]+)/
const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/** Null when it is signed as it should be. */
function checkSignature({ method, url, headers, body }: Asked, keys: S3Keys, bucket: Bucket): Answer | null {
  const [, key, day = '', region, signed = '', signature] = AUTHORIZATION.exec(headers.authorization ?? '') ?? []
  if (key !== keys.key) return error(403, 'InvalidAccessKeyId')
  if (region !== keys.region) {
    const body = `<?xml version="1.0"?><Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region '${region}' is wrong; expecting '${keys.region}'</Message><Region>${keys.region}</Region></Error>`
    return { status: 400, headers: XML, body }
  }
  const stamp = headers['x-amz-date'] ?? ''
  if (isSkewed(new Date(stamp.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5')), bucket)) return error(403, 'RequestTimeTooSkewed')
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).toSorted().join('&')
  const path = url.pathname.split('/').map((part) => encoded(decodeURIComponent(part))).join('/')
  const lines = signed.split(';').map((name) => `${name}:${(headers[name] ?? '').trim()}`)
  const digest = createHash('sha256').update(body).digest('hex')
  const canonical = [method, path, query, ...lines, '', signed, digest].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', stamp, `${day}/${region}/s3/aws4_request`, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>((derived, part) => hmac(derived, part), `AWS4${keys.secret}`)
  return hmac(signingKey, toSign).toString('hex') === signature ? null : error(403, 'SignatureDoesNotMatch')
}
