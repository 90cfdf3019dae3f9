import { execFileSync } from 'node:child_process'
import { Client } from 'pg'
import { type Db, openDb } from '@/lib/db'
import type { Actor } from '@/lib/audit/schema'
import { type Enqueued, enqueueJob, ensureStanza } from '@/lib/jobs/mutations'
import type { EnqueueInput } from '@/lib/jobs/schema'
import { type TestPostgres, startPostgres } from './postgres'

export type TestControl = {
  db: Db
  url: string
  postgres: TestPostgres
  stanza: string
  /** A differential that Ada asked for, where the input says nothing else */
  enqueue(input?: Partial<EnqueueInput>): Promise<Enqueued>
  stop(): Promise<void>
}

/** Who asks, in tests */
export const ada: Actor = { kind: 'user', id: 'u1', name: 'Ada Okafor' }

/** A control database of its own, migrated as `make start` migrates it, with one stanza. */
export async function startControl(stanza = 'salespider'): Promise<TestControl> {
  const postgres = await startPostgres()
  const url = postgres.url.replace(/postgres$/, 'backups')
  await createDatabase(postgres.url, 'backups')
  migrate(url)
  const db = openDb(url)
  await ensureStanza(db, stanza)
  return {
    db, url, postgres, stanza,
    enqueue: (input = {}) => db.$transaction((tx) =>
      enqueueJob(tx, { stanza, request: { kind: 'backup', type: 'diff', repo: 1 }, actor: ada, trigger: 'manual', ...input })),
    async stop() {
      await db.$disconnect()
      await postgres.stop()
    },
  }
}

export async function createDatabase(url: string, name: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  await client.query(`CREATE DATABASE "${name}"`)
  await client.end()
}

export function migrate(url: string): void {
  execFileSync('npx', ['prisma', 'migrate', 'deploy'], { env: { ...process.env, BACKUP_DATABASE_URL: url }, stdio: 'pipe' })
}
