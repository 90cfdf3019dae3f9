/**
 * Applies the migrations beside it to the control database (BACKUP_DATABASE_URL), each in a transaction of its own. Prisma's
 * command line is many times the size of what it migrates, so images carry this instead; it keeps Prisma's own table, so that
 * either can go on where the other was.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'

/** The lock that Prisma takes: two at once wait for each other. */
const LOCK = 72_707_369
const PATIENCE_MS = 60_000

const TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text,
    rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`
const APPLIED = 'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL'
const RECORD = `
  INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`

type Migration = { name: string; sql: string; checksum: string }

function readMigrations(directory: string): Migration[] {
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).toSorted()
  return names.map((name) => {
    const sql = readFileSync(path.join(directory, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** The database may come up after us. */
async function connect(url: string): Promise<Client> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const client = new Client({ connectionString: url, application_name: 'salespider-backups migrate' })
    client.on('error', (error) => process.stderr.write(`control database: ${error.message}\n`))
    try {
      await client.connect()
      return client
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }
}

/** Names of those that were applied now. Throws on one that is not what was applied once. */
export async function migrate(url: string, directory: string): Promise<string[]> {
  const client = await connect(url)
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query(TABLE)
    const { rows } = await client.query<{ name: string; checksum: string }>(APPLIED)
    const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]))
    const migrations = readMigrations(directory)
    const changed = migrations.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)
    if (changed) throw new Error(`the migration ${changed.name} is not the one that was applied to this database`)
    const wanted = migrations.filter(({ name }) => !applied.has(name))
    for (const migration of wanted) await apply(client, migration)
    return wanted.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(`BEGIN;\n${sql}`)
    await client.query(RECORD, [randomUUID(), checksum, name])
    await client.query('COMMIT')
  } catch (error) {
    throw new Error(`the migration ${name} failed, and nothing of it was kept: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const url = process.env.BACKUP_DATABASE_URL
if (process.argv[1] === import.meta.filename) {
  if (!url) throw new Error('BACKUP_DATABASE_URL is not set')
  const names = await migrate(url, path.join(import.meta.dirname, 'migrations'))
  process.stdout.write(names.length > 0 ? `applied ${names.join(', ')}\n` : 'the control database is up to date\n')
}
