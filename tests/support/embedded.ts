/** The dashboard as a part of SaleSpider: behind Caddy with TLS, directly and by way of Next's rewrites, and a shop that can be cut off. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type Socket, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './postgres'
import type { Product } from './product'
import { TOKEN_SECRET } from './salespider'

type Running = { stop(): Promise<void> }

/** Ends with this process, however that ends. */
function run(command: string[], { cwd, env }: { cwd: string; env: Record<string, string | undefined> }): Running & { said(): string } {
  const child: ChildProcess = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...command], {
    cwd, env: { PATH: process.env.PATH, HOME: cwd, ...env } as unknown as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return {
    said: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await Promise.race([ended, sleep(5_000)])
      child.kill('SIGKILL')
    },
  }
}

async function untilAnswers(url: string, said: () => string): Promise<void> {
  for (const deadline = Date.now() + 90_000; ; await sleep(100)) {
    const status = await fetch(url).then((answer) => answer.status, () => 0)
    if (status > 0 && status < 500) return
    if (Date.now() > deadline) throw new Error(`${url} does not answer (${status}):\n${said()}`)
  }
}

export type Door = { port: number; shut(): Promise<void>; open(): Promise<void> }

/** A way to the shop's database that can be shut: to who goes through it the shop is down. */
export async function openDoor(target: number): Promise<Door> {
  const port = await freePort()
  const sockets = new Set<Socket>()
  const hold = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    return socket
  }
  const server = createServer((client) => {
    const shop = hold(connect(target, '127.0.0.1'))
    hold(client).pipe(shop).pipe(client)
    client.on('close', () => shop.destroy())
    shop.on('close', () => client.destroy())
  })
  const open = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await open()
  return {
    port, open,
    shut: () => new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    }),
  }
}

/** A second dashboard of a product that runs, as a deployment inside SaleSpider sets it. */
export async function startEmbeddedDashboard({ env, dataDir }: Product, settings: Record<string, string>): Promise<Running & { url: string; said(): string }> {
  const port = await freePort()
  const { BACKUP_DATABASE_URL, DATABASE_URL, PGBACKREST_STANZA, SUPER_ADMIN_EMAIL } = env
  const dashboard = run([process.execPath, 'server.js'], {
    cwd: path.join(dataDir, 'app/dashboard'),
    env: {
      NODE_ENV: 'production', HOSTNAME: '127.0.0.1', PORT: String(port), NEXTAUTH_SECRET: 'of this test alone, and long enough for it',
      JWT_SECRET: TOKEN_SECRET, BACKUP_DATABASE_URL, DATABASE_URL, PGBACKREST_STANZA, SUPER_ADMIN_EMAIL, ...settings,
    },
  })
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(`${url}/backups/api/auth/csrf`, dashboard.said)
  return { ...dashboard, url }
}

/** A Next app that passes /backups on to the dashboard, and all else to SaleSpider. */
export async function startRewriter(dashboard: string, salespider: string): Promise<Running & { url: string }> {
  const root = mkdtempSync(path.join(tmpdir(), 'salespider-next-'))
  mkdirSync(path.join(root, 'app'))
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'))
  writeFileSync(path.join(root, 'package.json'), '{"private": true}')
  writeFileSync(path.join(root, 'app/layout.js'), 'export default function Layout({ children }) { return <html><body>{children}</body></html> }')
  writeFileSync(path.join(root, 'next.config.mjs'), `export default {
    rewrites: async () => ({ beforeFiles: [
      { source: '/backups', destination: '${dashboard}/backups' },
      { source: '/backups/:path*', destination: '${dashboard}/backups/:path*' },
      { source: '/:path*', destination: '${salespider}/:path*' },
    ] }),
  }`)
  const port = await freePort()
  const next = run([process.execPath, path.resolve('node_modules/next/dist/bin/next'), 'dev', '--webpack', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: root, env: { NEXT_TELEMETRY_DISABLED: '1' },
  })
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(`${url}/api/settings`, next.said)
  return {
    url,
    async stop() {
      await next.stop()
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

type Upstreams = { port: number; rewritingPort: number; dashboard: string; salespider: string; rewriter: string }

/** Two sites with certificates of Caddy's own: one that knows /backups, and one that knows SaleSpider alone. */
export async function startCaddy({ port, rewritingPort, dashboard, salespider, rewriter }: Upstreams): Promise<Running> {
  const root = mkdtempSync(path.join(tmpdir(), 'salespider-caddy-'))
  const site = (ownPort: number, body: string) => `https://localhost:${ownPort} {\n\ttls internal\n\theader X-Frame-Options DENY\n${body}\n}\n`
  writeFileSync(path.join(root, 'Caddyfile'), `{
	admin off
	auto_https disable_redirects
	skip_install_trust
}
${site(port, `\thandle /backups* {\n\t\treverse_proxy ${dashboard}\n\t}\n\thandle {\n\t\treverse_proxy ${salespider}\n\t}`)}
${site(rewritingPort, `\treverse_proxy ${rewriter}`)}`)
  const caddy = run(['caddy', 'run', '--config', 'Caddyfile', '--adapter', 'caddyfile'], {
    cwd: root, env: { XDG_DATA_HOME: root, XDG_CONFIG_HOME: root },
  })
  for (const deadline = Date.now() + 30_000; !caddy.said().includes('serving initial configuration'); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`caddy did not start:\n${caddy.said()}`)
  }
  return {
    async stop() {
      await caddy.stop()
      rmSync(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
