import { isActive } from '@/lib/jobs/rules'
import type { JobFailure, JobPhase, JobStatus } from '@/lib/jobs/schema'
import type { Tally } from '@/lib/salespider/life/schema'
import type { Comparison } from '../comparison/schema'
import type { RestorePlan, Target } from '../schema'
import type { Changes, Counted, Side } from './changes/schema'
import type { ExchangeKind, ExchangePoint, Step } from './schema'

/** `open-again`: it answers, and what it writes now is being archived. Nothing is `done` before the job's own result says so. */
export type Standing = 'queued' | 'preparing' | 'closed' | 'open-again' | 'done' | 'failed' | 'cancelled'

type Exchanged = { kind: ExchangeKind; status: JobStatus; steps: readonly Step[]; failure: Pick<JobFailure, 'code'> | null }

const hasEntered = (steps: readonly Step[], phase: JobPhase) => steps.some((step) => step.phase === phase)

export function standingOf({ status, steps }: Pick<Exchanged, 'status' | 'steps'>): Standing {
  if (!isActive(status)) return { SUCCEEDED: 'done', FAILED: 'failed', CANCELLED: 'cancelled' }[status as 'SUCCEEDED'] as Standing
  if (status === 'QUEUED') return 'queued'
  if (hasEntered(steps, 'archive')) return 'open-again'
  return hasEntered(steps, 'switch') ? 'closed' : 'preparing'
}

/** From when to when the shop was taken away, by the worker's clock; `to` is null while it is. Null where it never was. */
export function closedSpan(steps: readonly Step[]): { from: Date; to: Date | null } | null {
  const from = steps.find(({ phase }) => phase === 'switch')?.startedAt
  if (!from) return null
  const open = steps.find(({ phase }) => phase === 'archive')?.startedAt
  const last = steps.at(-1)?.endedAt ?? null
  return { from, to: open ?? last }
}

const AS_BEFORE: readonly JobFailure['code'][] = ['switch-refused', 'switch-rolled-back', 'switch-interrupted']

/** Which shop runs after an exchange that failed: the one from before, the one it should become, none, or nobody knows. */
export function shopAfter({ kind, steps, failure }: Exchanged): 'before' | 'after' | 'closed' | 'unknown' {
  if (failure?.code === 'in-place-incomplete') return 'closed'
  if (failure?.code === 'outcome-unknown') return 'unknown'
  if (hasEntered(steps, 'archive')) return 'after'
  // A restore in place that fails has opened the shop as it was, or says that it could not.
  if (!hasEntered(steps, 'switch') || kind === 'restore-in-place') return 'before'
  return failure && AS_BEFORE.includes(failure.code) ? 'before' : 'unknown'
}

/** A moment where it can be told as one. */
export function pointOf(target: Target, plan: Pick<RestorePlan, 'time'> | null): ExchangePoint {
  const at = plan?.time ?? (target.type === 'time' ? target.at : null)
  return { at: at === null ? null : new Date(at), target }
}

/** Tables that say nothing that another one does not say better. */
const SILENT = ['Sale', 'SaleItem', 'audit_logs', '_prisma_migrations']

/** What a switch would leave behind and bring back, in the shop's own terms where it has them. */
export function changesOf({ comparedAt, shop, tables }: Comparison): Changes {
  const side = (part: 'lost' | 'returns'): Side => ({
    sales: shop && (part === 'lost' ? shop.lostSales : shop.returningSales),
    rows: tables
      .filter((table) => table[part] > 0 && !(shop && table.schema === 'public' && SILENT.includes(table.name)))
      .map(({ name, isCapped, ...table }) => ({ table: name, count: table[part], isCapped }))
      .toSorted((a, b) => b.count - a.count),
  })
  const countedTo = new Date(shop?.now.newestSaleAt ?? comparedAt)
  return { comparedAt: new Date(comparedAt), countedTo, behind: side('lost'), back: side('returns') }
}

export function addTallies(one: Tally, other: Tally | null): Tally {
  if (!other) return one
  // Whole cents: what binary fractions lose must not show.
  const cents = (takings: string) => Math.round(Number(takings) * 100)
  return { count: one.count + other.count, takings: String((cents(one.takings) + cents(other.takings)) / 100) }
}

/** What happened since it was compared, or since the point. `gone`: what the point still has; null where that is not known. */
export type Since = { at: Date; sold: Tally; gone: { sales: Tally; products: number; people: number } | null }

/** What was compared, and what came to that until the shop was closed. */
export function countUp(compared: Changes | null, { at, sold, gone }: Since): Counted {
  const back = gone && {
    sales: addTallies(gone.sales, compared?.back.sales ?? null),
    rows: addRows(compared?.back.rows ?? [], { Product: gone.products, User: gone.people }),
  }
  return {
    countedAt: at, comparedAt: compared?.comparedAt ?? null,
    behind: { sales: addTallies(sold, compared?.behind.sales ?? null), rows: compared?.behind.rows ?? [] },
    back: back ?? compared?.back ?? null,
  }
}

function addRows(rows: Side['rows'], more: Record<string, number>): Side['rows'] {
  const added = Object.entries(more).map(([table, count]) => {
    const known = rows.find((row) => row.table === table)
    return { table, count: count + (known?.count ?? 0), isCapped: known?.isCapped ?? false }
  })
  const others = rows.filter(({ table }) => !(table in more))
  return [...others, ...added.filter(({ count }) => count > 0)].toSorted((a, b) => b.count - a.count)
}
