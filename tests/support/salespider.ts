/** What behaves like SaleSpider's own sign-in and settings, as far as the dashboard and a browser meet them. */
import { hash } from '@node-rs/argon2'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { SignJWT } from 'jose'
import type { TestShop } from './life'

export const TOKEN_SECRET = 'c2FsZXNwaWRlci1zZWNyZXQtbG9uZy1lbm91Z2g='
export const SHOP_PASSWORD = 'okafor-stores'

export type Claims = { id: string; email: string; name: string; role: string }

/** As SaleSpider signs: HS256 by the bytes of its secret, twelve hours. */
export function signToken(claims: Claims, { secret = TOKEN_SECRET, expiresAt = new Date(Date.now() + 12 * 3_600_000) } = {}): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(new TextEncoder().encode(secret))
}

/** Ada owns the shop, Tunde manages it, Funke is at the till; each with SHOP_PASSWORD, hashed as SaleSpider's library hashes. */
export async function hireStaff(shop: Pick<TestShop, 'sql'>): Promise<void> {
  const password = await hash(SHOP_PASSWORD, { memoryCost: 65_536, timeCost: 3, parallelism: 4 })
  await shop.sql(
    `INSERT INTO "User" (id, email, username, name, password, role, "createdAt", "updatedAt")
     SELECT id, id || '@shop.example', id, name, $1, role::"Role", '2026-01-01', '2026-01-01'
     FROM (VALUES ('ada', 'Ada Okafor', 'SUPER_ADMIN'), ('tunde', 'Tunde Bello', 'MANAGER'), ('funke', 'Funke Adeyemi', 'CASHIER')) v(id, name, role)`,
    [password])
}

export type StandIn = { url: string; settings: Record<string, unknown>; close(): Promise<void> }

/** `findPerson`: who has this e-mail and password in the shop. Where COOKIE_SECURE is not false its cookie is Secure. */
export async function startSaleSpider(findPerson: (email: string, password: string) => Promise<Claims | null>, { secure = true } = {}): Promise<StandIn> {
  const settings: Record<string, unknown> = {}
  const flags = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const address = `${request.method} ${request.url}`
    if (address === 'GET /api/settings') return json(response, 200, settings)
    if (address === 'POST /api/auth/logout') return json(response, 200, {}, `auth_token=; Max-Age=0; ${flags}`)
    if (address !== 'POST /api/auth/login') return page(response, request.url ?? '')
    const { username, password } = JSON.parse(await bodyOf(request)) as { username: string; password: string }
    const person = await findPerson(username, password)
    if (!person) return json(response, 401, { message: 'Invalid credentials' })
    json(response, 200, { user: person }, `auth_token=${await signToken(person)}; ${flags}`)
  }
  const server = createServer((request, response) => void answer(request, response))
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    url: `http://127.0.0.1:${port}`, settings,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

function json(response: ServerResponse, status: number, body: object, cookie?: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...(cookie && { 'Set-Cookie': cookie }) }).end(JSON.stringify(body))
}

function page(response: ServerResponse, url: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><title>SaleSpider</title><h1>SaleSpider ${encodeURI(url)}</h1>`)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
