/** What runs: built from the checkout when its sources changed, and copied to where its user can read it. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Paths } from './paths'
import { run } from './run'

const SHARED = ['lib', 'messages', 'prisma/schema.prisma', 'package.json', 'package-lock.json', 'tsconfig.json']
const WORKER = ['worker', 'demo', ...SHARED]
const DASHBOARD = ['app', 'components', 'public', 'proxy.ts', 'instrumentation.ts', 'next.config.ts', 'postcss.config.mjs', ...SHARED]
const UNCHANGED = 'unchanged'

/** dist/: the worker, the command line, the demo shop. */
export function buildWorker(log: string): Promise<string | void> {
  return unlessDone('dist/.sources', WORKER, () => run(['npm', 'run', 'build:worker'], { log }))
}

/** .next/standalone/: the dashboard with all it needs, its static files included. */
export function buildDashboard(log: string): Promise<string | void> {
  return unlessDone('.next/standalone/.sources', DASHBOARD, async () => {
    await run(['npm', 'run', 'build:dashboard'], { log, env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' } })
    cpSync('.next/static', '.next/standalone/.next/static', { recursive: true })
    if (existsSync('public')) cpSync('public', '.next/standalone/public', { recursive: true })
  })
}

/** The control database's tables. */
export function migrate({ control }: Paths, databaseUrl: string, log: string): Promise<string | void> {
  const env = { BACKUP_DATABASE_URL: databaseUrl, CHECKPOINT_DISABLE: '1' }
  const work = () => run(['node_modules/.bin/prisma', 'migrate', 'deploy'], { log, env })
  return unlessDone(path.join(control, '.migrations'), ['prisma/migrations'], work)
}

/** Puts the built release into DATA_DIR/app, whole or not at all. */
export async function installRelease({ app }: Paths, log: string): Promise<string | void> {
  const version = hash(['dist/.sources', '.next/standalone/.sources', 'docker/supervisor'])
  const mark = path.join(app, '.release')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === version) return UNCHANGED
  const unfinished = `${app}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished)
  await run(['cp', '-a', 'dist', 'docker/supervisor', unfinished], { log })
  await run(['cp', '-a', '.next/standalone', path.join(unfinished, 'dashboard')], { log })
  writeFileSync(path.join(unfinished, '.release'), version)
  rmSync(app, { recursive: true, force: true })
  renameSync(unfinished, app)
}

/** Does `work` unless it was done with the same sources; `mark` goes away with what it made. */
async function unlessDone(mark: string, sources: string[], work: () => Promise<unknown>): Promise<string | void> {
  const now = hash(sources)
  if (existsSync(mark) && readFileSync(mark, 'utf8') === now) return UNCHANGED
  rmSync(mark, { force: true })
  await work()
  writeFileSync(mark, now)
}

/** Of the contents and names of files, directories with all that is below them. */
function hash(sources: string[]): string {
  const digest = createHash('sha256')
  for (const file of sources.filter(existsSync).flatMap(filesBelow)) {
    digest.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return digest.digest('hex')
}

function filesBelow(name: string): string[] {
  if (!statSync(name).isDirectory()) return [name]
  return readdirSync(name).toSorted().flatMap((entry) => filesBelow(path.join(name, entry)))
}
