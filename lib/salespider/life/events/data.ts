import type { ShopQuery } from '@/lib/shop-db'
import { type Stretch, listBusySpans } from '../sales/data'
import type { ShopEvent } from '../schema'
import { type Columns, type Tables, columnOr } from '../tables/rules'
import { type AuditRow, patternsOf, quietSpan, toShopEvent } from './rules'

const AT = 'a."timestamp"'
/** As text: where it is an enum, a name that it lacks would be an error. */
const TYPE = 'a."entityType"::text'
const ACTION = 'a.action::text'
const IN_STRETCH = `${AT} >= $1::timestamptz AND ${AT} < COALESCE($2::timestamptz, 'infinity')`
const json = (audit: Columns, column: string, alias = 'a') => columnOr(audit, alias, column, 'jsonb')

/** Products and people that went: see kindOf. */
function deletion(audit: Columns): string {
  const isMarked = `${json(audit, 'metadata')}->>'action' = 'soft_delete' OR ${json(audit, 'newValues')}->>'deletedAt' IS NOT NULL`
  const isDone = `COALESCE(${ACTION} = 'DELETE' OR ${isMarked}, FALSE)`
  return `(${TYPE} IN ('PRODUCT', 'USER') AND ${ACTION} NOT IN ('CREATE', 'DESHELVE') AND ${isDone})`
}

/** Entries of one cell, `first` by its id: the first deletion, else the first. */
export type CellRow = { count: number; deletions: number; at: Date; to: Date; first: string }

/** Each cell from one edge to the next, as far as there are entries in it. Edges in ms. */
export async function listCells(query: ShopQuery, { audit }: Tables, edges: readonly number[]): Promise<CellRow[]> {
  if (!audit) return []
  const times = edges.map((edge) => new Date(edge).toISOString())
  return query<CellRow>(
    `SELECT count(*)::int AS count, count(*) FILTER (WHERE e."isDeletion")::int AS deletions, min(e.at) AS at, max(e.at) AS to,
       (array_agg(e.id ORDER BY NOT e."isDeletion", e.at, e.id))[1] AS first
     FROM (
       SELECT a.id::text, ${AT}::timestamptz AS at, ${deletion(audit)} AS "isDeletion" FROM audit_logs a WHERE ${IN_STRETCH}) e
     GROUP BY width_bucket(e.at, $3::timestamptz[]) ORDER BY 3`,
    [times[0], times.at(-1), times],
  )
}

/** In order of time; at most `limit`, the first ones of the stretch or the last ones. */
export async function listEventsIn(
  query: ShopQuery, tables: Tables, { from, to }: Stretch, limit: number, end: 'first' | 'last' = 'first',
): Promise<ShopEvent[]> {
  const order = end === 'last' ? 'DESC' : 'ASC'
  return tables.audit
    ? select(query, tables, `${IN_STRETCH} ORDER BY ${AT} ${order}, a.id ${order} LIMIT $3`, [from, to ?? null, limit])
    : []
}

/** In order of time. */
export async function listEventsById(query: ShopQuery, tables: Tables, ids: readonly string[]): Promise<ShopEvent[]> {
  return tables.audit && ids.length > 0 ? select(query, tables, 'a.id::text = ANY($1::text[])', [ids]) : []
}

export type EventSearch = { search: string; onlyDeletions: boolean; before: { at: Date; id: string } | null }

/** Newest first. */
export async function searchEvents(
  query: ShopQuery, tables: Tables, { search, onlyDeletions, before }: EventSearch, limit: number,
): Promise<ShopEvent[]> {
  const { audit } = tables
  if (!audit) return []
  const patterns = patternsOf(search)
  const conditions = [
    `($1::timestamptz IS NULL OR (${AT}, a.id::text) < ($1::timestamptz, $2::text))`,
    ...(onlyDeletions ? [deletion(audit)] : []),
    ...patterns.map((_, n) => matches(tables, audit, `$${n + 4}`)),
  ]
  const values = [before?.at ?? null, before?.id ?? null, limit, ...patterns]
  const found = await select(query, tables, `${conditions.join(' AND ')} ORDER BY ${AT} DESC, a.id DESC LIMIT $3`, values)
  return found.toReversed()
}

/** In who, what and the values; and in what the entry's kind is called. */
function matches({ user, product }: Tables, audit: Columns, pattern: string): string {
  const texts = ['action', 'entityType', 'entityId', 'userEmail', 'newValues', 'oldValues', 'changes']
    // The mark stands in what is restored, too: whoever looks for "deleted" means the deed.
    .filter((column) => audit.has(column)).map((column) => `replace(a."${column}"::text, '"deletedAt"', '')`)
  const named = (table: 'User' | 'Product', id: string) =>
    `${id} IN (SELECT n.id::text FROM "${table}" n WHERE n.name ILIKE ${pattern})`
  return `(concat_ws(' ', ${texts.join(', ')}, ${json(audit, 'metadata')}->>'deshelvingReason', ${spokenKind(audit)}) ILIKE ${pattern}
    ${user ? `OR ${named('User', columnOr(audit, 'a', 'userId', 'text'))} OR ${named('User', 'a."entityId"::text')}` : ''}
    ${product ? `OR ${named('Product', 'a."entityId"::text')}` : ''})`
}

/** What the entry alone does not call by its name. */
function spokenKind(audit: Columns): string {
  const values = json(audit, 'newValues')
  const isRestored = `${ACTION} = 'RESTORE' OR ${json(audit, 'metadata')}->>'action' = 'restore'`
  return `CASE WHEN ${deletion(audit)} THEN 'deleted' WHEN ${isRestored} THEN 'restored'
    WHEN ${TYPE} = 'DESHELVING' THEN 'deshelved' WHEN ${ACTION} = 'CREATE' THEN 'created'
    WHEN ${values} ? 'price' THEN 'repriced changed' WHEN ${values} ? 'quantity' THEN 'restocked changed' ELSE 'changed' END`
}

/** `rest` chooses and orders entries `a`; what comes is in order of time. */
async function select(query: ShopQuery, tables: Tables, rest: string, values: readonly unknown[]): Promise<ShopEvent[]> {
  const { audit, user, product } = tables
  if (!audit) return []
  const nameOf = (table: 'User' | 'Product', id: string) => `(SELECT n.name::text FROM "${table}" n WHERE n.id::text = ${id})`
  const earlier = (key: string) => `(SELECT p."newValues"::jsonb->>'${key}' FROM audit_logs p
    WHERE p."entityType" = a."entityType" AND p."entityId" = a."entityId" AND p."timestamp" < ${AT}
      AND p."newValues"::jsonb->>'${key}' IS NOT NULL
    ORDER BY p."timestamp" DESC LIMIT 1)`
  const told = (key: string, isAsked: string) => (audit.has('newValues') ? `CASE WHEN ${isAsked} THEN ${earlier(key)} END` : 'NULL')
  const userId = columnOr(audit, 'a', 'userId', 'text')
  const entityName = `CASE WHEN ${TYPE} = 'USER' THEN ${user ? nameOf('User', 'a."entityId"::text') : 'NULL'}
    WHEN ${TYPE} IN ('PRODUCT', 'DESHELVING') THEN ${product ? nameOf('Product', 'a."entityId"::text') : 'NULL'} END`
  const rows = await query<AuditRow>(
    `SELECT a.*, ${user ? nameOf('User', 'a."userId"') : 'NULL'} AS "personName",
       ${told('name', 'a."entityName" IS NULL')} AS "earlierName",
       ${told('price', `a."newValues"->>'price' IS NOT NULL`)} AS "earlierPrice"
     FROM (
       SELECT a.id::text, ${AT}, ${AT}::timestamptz AS at, a."entityType", a."entityId", ${ACTION} AS action,
         ${['changes', 'oldValues', 'newValues', 'metadata'].map((column) => `${json(audit, column)} AS "${column}"`).join(', ')},
         ${userId} AS "userId", ${columnOr(audit, 'a', 'userEmail', 'text')} AS "userEmail", ${entityName} AS "entityName"
       FROM audit_logs a WHERE ${rest}) a
     ORDER BY a."timestamp", a.id`,
    values,
  )
  const spans = rows.map(({ id, at }) => ({ id, ...quietSpan(at) }))
  const busy = await listBusySpans(query, tables, spans)
  return rows.map((row) => toShopEvent(row, busy.has(row.id)))
}

/**
 * Products and people that were there at that time and are gone now: marked since then, or deleted for good. Where the
 * tables have no mark, only the log knows.
 */
export async function countDeletedSince(query: ShopQuery, tables: Tables, since: Date): Promise<number> {
  const { audit } = tables
  const marked = ([['Product', tables.product], ['User', tables.user]] as const)
    .filter(([, columns]) => columns?.has('deletedAt') && columns.has('createdAt'))
    .map(([table]) => `(SELECT count(*) FROM "${table}" WHERE "deletedAt" > $1::timestamptz AND "createdAt" <= $1::timestamptz)`)
  const gone = audit && `(SELECT count(DISTINCT a."entityId") FROM audit_logs a WHERE ${AT} > $1::timestamptz AND ${ACTION} = 'DELETE'
    AND ${TYPE} IN ('PRODUCT', 'USER') AND NOT EXISTS (SELECT FROM audit_logs c WHERE c."entityType" = a."entityType"
      AND c."entityId" = a."entityId" AND c.action::text = 'CREATE' AND c."timestamp" > $1::timestamptz))`
  const counts = [...marked, ...(gone ? [gone] : [])]
  if (counts.length === 0) return 0
  const [row] = await query<{ count: number }>(`SELECT (${counts.join(' + ')})::int AS count`, [since])
  return row?.count ?? 0
}
