import { execFileSync } from 'node:child_process'
import { Client } from 'pg'
import { type Db, openDb } from '@/lib/db'
import { ensureStanza } from '@/lib/jobs/mutations'
import { type TestPostgres, startPostgres } from './postgres'

export type TestControl = { db: Db; url: string; postgres: TestPostgres; stanza: string; stop(): Promise<void> }

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
