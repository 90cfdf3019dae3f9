/** SaleSpider's own log of who did what: a rescue stands in it like what is done in the shop itself. */
import { randomBytes } from 'node:crypto'
import { DatabaseError } from 'pg'
import type { RescueStep } from '@/lib/restore/rescue/schema'
import { type Table, quoted } from './catalog'
import { isBusy } from './failure'
import { typeOf } from './rows'
import type { Side } from './sides'

const LOG = quoted('public', 'audit_logs')
const PEOPLE = quoted('public', 'User')
const COLUMNS = ['id', 'entityType', 'entityId', 'action', 'newValues', 'userId', 'userEmail', 'timestamp', 'metadata']

/** What SaleSpider logs, and the values it logs of a new one: never a password. */
const LOGGED = new Map([
  [quoted('public', 'Product'), {
    type: 'PRODUCT', title: 'Product', values: ['name', 'description', 'category', 'price', 'quantity', 'lowStockMargin', 'gtin'],
  }],
  [PEOPLE, { type: 'USER', title: 'User', values: ['name', 'username', 'email', 'role', 'status'] }],
])

/** Who asked for it, and what for: the job, and the moment that was rescued from. */
export type Asker = { email: string | null; metadata: Record<string, string> }
export type Logged = Pick<RescueStep, 'schema' | 'table' | 'key' | 'how'>
/** `back`: put back by a rescue; `gone`: taken back by its undo */
export type Direction = 'back' | 'gone'

/** Nothing where the shop has no such log. False where it could not be written: no reason to leave the rows where they are. */
export async function logInShop(now: Side, rows: readonly Logged[], direction: Direction, asker: Asker): Promise<boolean> {
  const log = now.tables.get(LOG)
  if (!log || COLUMNS.some((column) => typeOf(log, column) === undefined)) return true
  const logged = rows.filter(({ schema, table, key }) => LOGGED.has(quoted(schema, table)) && 'id' in key)
  if (logged.length === 0) return true
  await now.ask('RESET ROLE')
  await now.ask('SAVEPOINT log')
  try {
    const who = await findWho(now, asker)
    for (const row of logged) if (who) await write(now, row, direction, { who, asker })
    return who !== null
  } catch (error) {
    if (!(error instanceof DatabaseError) || isBusy(error)) throw error
    await now.ask('ROLLBACK TO SAVEPOINT log')
    return false
  }
}

/** As the shop knows them; else one of its owners. */
const WHO = `SELECT "id" FROM ${PEOPLE} WHERE lower("email") = lower($1) OR "role"::text = 'SUPER_ADMIN'
  ORDER BY lower("email") IS NOT DISTINCT FROM lower($1) DESC, "deletedAt" IS NULL DESC, "createdAt" LIMIT 1`

async function findWho(now: Side, { email }: Asker): Promise<string | null> {
  return now.tables.has(PEOPLE) ? ((await now.ask(WHO, [email]))[0]?.[0] ?? null) : null
}

type By = { who: string; asker: Asker }

async function write(now: Side, { schema, table, key, how }: Logged, direction: Direction, { who, asker }: By): Promise<void> {
  const id = quoted(schema, table)
  const logged = LOGGED.get(id)
  if (!logged) return
  const { action, newValues, told: [what, reason] } = entries[how][direction]
  const metadata = { action: what, reason: `${logged.title} ${reason}`, ...asker.metadata }
  const parameters = [newId(), logged.type, key.id ?? '', action, who, asker.email ?? 'system', JSON.stringify(metadata)]
  await now.ask(
    `INSERT INTO ${LOG} ("id", "entityType", "entityId", "action", "userId", "userEmail", "metadata", "timestamp", "newValues")
     VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), ${newValues ?? newValuesOf(now.tables.get(id), logged.values)})`,
    newValues === null ? [...parameters, key.id ?? ''] : parameters,
  )
}

/** `newValues` as SQL; null for those of the row as it stands */
type Entry = { action: string; newValues: string | null; told: [action: string, reason: string] }
const ISO = `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Soft deletes are updates to SaleSpider, told apart by what the metadata says. */
const entries: Record<RescueStep['how'], Record<Direction, Entry>> = {
  revive: {
    back: { action: 'UPDATE', newValues: `'{"deletedAt": null}'`, told: ['restore', 'restored from soft delete'] },
    gone: { action: 'UPDATE', newValues: `jsonb_build_object('deletedAt', ${ISO})`, told: ['soft_delete', 'soft deleted'] },
  },
  insert: {
    back: { action: 'CREATE', newValues: null, told: ['rescue', 'put back from a backup'] },
    gone: { action: 'DELETE', newValues: 'NULL', told: ['undo_rescue', 'removed again'] },
  },
}

function newValuesOf(table: Table | undefined, values: readonly string[]): string {
  const pairs = values.filter((name) => table && typeOf(table, name) !== undefined).map((name) => `'${name}', "${name}"`)
  return `(SELECT jsonb_build_object(${pairs.join(', ')}) FROM ${table?.id} WHERE "id" = $8)`
}

const RADIX = 36
const ID_LENGTH = 25

/** In the form of Prisma's cuid(): time, then randomness. */
function newId(): string {
  const random = BigInt(`0x${randomBytes(16).toString('hex')}`).toString(RADIX)
  return `c${Date.now().toString(RADIX)}${random}`.slice(0, ID_LENGTH)
}
