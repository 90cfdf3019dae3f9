/** An object store of our own over TLS, with a certificate of our own authority, and what pgBackRest has to be told to use it. */
import { execFileSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { giveToServer } from '../postgres'
import { answerAzure } from './azure'
import { type Answer, type Asked, type Bucket, openBucket } from './bucket'
import { answerGcs } from './gcs'
import { answerS3 } from './s3'

export type StoreKind = 's3' | 'azure' | 'gcs'

export type Store = {
  bucket: Bucket
  /** Of pgBackRest, without `repoN-` */
  options: Record<string, string>
  /** Files of a certificate that nobody trusts, and of one that is over */
  certificates: Certificates
  /** Serves with another certificate from the next connection on */
  present(name: 'server' | 'expired'): void
  /** Stops to answer, and begins again on the same port */
  down(): Promise<void>
  up(): Promise<void>
  stop(): Promise<void>
}

const NAME = 'shop-backups'

export async function startStore(kind: StoreKind): Promise<Store> {
  const directory = mkdtempSync(path.join(tmpdir(), 'salespider-store-'))
  const certificates = makeCertificates(directory)
  const [bucket, { options, answer }] = [openBucket(), protocols[kind](directory)]
  const server = createServer(certificates.server, (request, response) => void serve(request, response, (asked) => answer(bucket, asked)))
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const down = () => new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
  giveToServer(directory)
  return {
    bucket, certificates, down,
    options: { type: kind, path: '/shop', 'storage-ca-file': certificates.ca, 'storage-port': String(port), ...options(port) },
    present: (name) => server.setSecureContext(certificates[name]),
    up: () => listen(port),
    async stop() {
      if (server.listening) await down()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

type Protocol = { options(port: number): Record<string, string>; answer(bucket: Bucket, asked: Asked): Answer }

const protocols: Record<StoreKind, (directory: string) => Protocol> = {
  s3: () => {
    const keys = { region: 'eu-west-1', key: 'AKIATESTTESTTESTTEST', secret: randomBytes(20).toString('hex') }
    return {
      answer: (bucket, asked) => answerS3(bucket, NAME, keys, asked),
      options: () => ({
        's3-bucket': NAME, 's3-region': keys.region, 's3-endpoint': 'localhost', 's3-uri-style': 'path', 's3-key': keys.key, 's3-key-secret': keys.secret,
      }),
    }
  },
  azure: () => {
    const keys = { account: 'shopaccount', key: randomBytes(64).toString('base64') }
    return {
      answer: (bucket, asked) => answerAzure(bucket, NAME, keys, asked),
      options: () => ({
        'azure-account': keys.account, 'azure-container': NAME, 'azure-key': keys.key, 'azure-uri-style': 'path', 'storage-host': 'localhost',
      }),
    }
  },
  gcs: (directory) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const keys = { publicKey: createPublicKey(privateKey), token: randomBytes(20).toString('hex') }
    const file = path.join(directory, 'service-account.json')
    return {
      answer: (bucket, asked) => answerGcs(bucket, NAME, keys, asked),
      options(port) {
        const account = {
          type: 'service_account', client_email: 'probe@shop.iam.gserviceaccount.com', token_uri: `https://localhost:${port}/token`,
          private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
        }
        writeFileSync(file, JSON.stringify(account))
        return { 'gcs-bucket': NAME, 'gcs-endpoint': `localhost:${port}`, 'gcs-key': file }
      },
    }
  },
}

async function serve(request: IncomingMessage, response: ServerResponse, answer: (asked: Asked) => Answer): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = 'GET' } = request
  const asked = {
    method, url: new URL(request.url ?? '/', 'https://localhost'), headers: request.headers as Record<string, string>, body: Buffer.concat(chunks),
  }
  const { status, headers = {}, body = '' } = answer(asked)
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers })
  response.end(method === 'HEAD' ? undefined : body)
}

type Pair = { key: Buffer; cert: Buffer }
type Certificates = { ca: string; strangeCa: string; server: Pair; expired: Pair }

function makeCertificates(directory: string): Certificates {
  const file = (name: string) => path.join(directory, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe', cwd: directory })
  const authority = (name: string) => openssl(
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`,
    '-keyout', `${name}.key`, '-out', `${name}.crt`)
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1')
  const signed = (name: string, ...validity: string[]): Pair => {
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost', '-keyout', `${name}.key`, '-out', `${name}.csr`)
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-out', `${name}.crt`, ...validity)
    return { key: readFileSync(file(`${name}.key`)), cert: readFileSync(file(`${name}.crt`)) }
  }
  authority('ca')
  authority('strange')
  // openssl takes no dates in the past here, but it takes a negative number of days.
  return { ca: file('ca.crt'), strangeCa: file('strange.crt'), server: signed('server', '-days', '2'), expired: signed('expired', '-days', '-1') }
}
