/** What a rescue does and what its plan tries: the same, up to the last moment. */
import type { ClientConfig } from 'pg'
import type { Conflict, RescuePlan, RescueStep, RowChoice, Written } from '@/lib/restore/rescue/schema'
import { type JobContext, JobFailed } from '../context'
import { withSession } from '../postgres/session'
import { type Asker, logInShop } from './audit-log'
import { readTables } from './catalog'
import { isAnswer } from './failure'
import { gather } from './gather'
import { groupBy } from './group'
import { type Item, rowOf } from './items'
import { readMd5s } from './marks'
import { markOf, touchedOf } from './rows'
import { advanceSequences } from './sequences'
import { type Side, type Sides, TEXT_SETTINGS, askWith, configure } from './sides'
import { type Transaction, inShop } from './transaction'
import { conflictText, stepText } from './words'
import { writeRows } from './write'

const THEN_SETTINGS = { ...TEXT_SETTINGS, statement_timeout: '15s', default_transaction_read_only: 'on' }
const TOLD_CONFLICTS = 5

type Kind = 'plan-rescue' | 'rescue'
type Rows = { context: JobContext<Kind>; then: ClientConfig; choice: readonly RowChoice[] }

/** Does it, and takes it back. */
export async function planRescue({ context, then, choice }: Rows): Promise<RescuePlan> {
  return withThen(then, (before) => inShop(context, async (now) => (await putBack(context, { then: before, now }, choice)).plan))
}

export type Rescued = { shop: Transaction; steps: RescueStep[]; written: Written[] }

/** Does it; `finish` commits. Throws JobFailed with `rescue-conflict` where the plan has one. */
export async function rescueRows<T>(
  { context, then, choice }: Rows, asker: Asker, finish: (rescued: Rescued) => Promise<T>,
): Promise<T> {
  return withThen(then, (before) => inShop(context, async (shop) => {
    const { plan, items } = await putBack(context, { then: before, now: shop }, choice)
    if (plan.conflicts.length > 0) throw conflictFailure(plan.conflicts)
    const isLogged = await logInShop(shop, plan.steps, 'back', asker)
    if (!isLogged) context.remark('SaleSpider’s own log could not be written', 'warn')
    const written = await readWritten(shop, items)
    await shop.ask('RESET ROLE')
    await advanceSequences(shop, items)
    context.signal.throwIfAborted()
    return finish({ shop, steps: plan.steps, written })
  }))
}

async function withThen<T>(config: ClientConfig, use: (then: Side) => Promise<T>): Promise<T> {
  let isOpen = false
  try {
    return await withSession(config, async (client) => {
      isOpen = true
      const ask = askWith(client, 'rehearsal-broken')
      await configure(ask, THEN_SETTINGS)
      return use({ ask, tables: await readTables(ask) })
    })
  } catch (error) {
    if (isOpen && !isAnswer(error)) throw error
    throw new JobFailed({ code: 'rehearsal-broken', detail: error instanceof Error ? error.message : String(error) })
  }
}

type Done = { plan: RescuePlan; items: Item[] }

async function putBack({ signal, progress, remark }: JobContext, sides: Sides, choice: readonly RowChoice[]): Promise<Done> {
  const found = await gather(sides, choice, signal)
  const items = await writeRows(sides.now, found, (table) => {
    signal.throwIfAborted()
    progress.enter('rescue', table)
  })
  const steps = items.map((item) => ({ ...rowOf(item), how: item.how, why: item.why }))
  for (const step of steps) remark(stepText(step), 'detail')
  for (const conflict of found.conflicts) remark(`in the way: ${conflictText(conflict)}`, 'warn')
  const { conflicts, renamed, stillDeleted } = found
  return { plan: { steps, conflicts, renamed, stillDeleted }, items }
}

/** After all is written: triggers may have changed a row once more. */
async function readWritten(shop: Side, items: readonly Item[]): Promise<Written[]> {
  const md5s = new Map<Item, string | null>()
  for (const [{ now }, group] of groupBy(items, ({ pair }) => pair)) {
    const found = await readMd5s(shop.ask, now, group.map((item) => rowOf(item).key))
    for (const [at, item] of group.entries()) md5s.set(item, found[at] ?? null)
  }
  return items.map((item) => {
    const before = (column: string | null) => (column ? (item.today?.[column] ?? null) : null)
    const { now } = item.pair
    return { md5: md5s.get(item) ?? '', deletedAt: before(markOf(now)), updatedAt: before(touchedOf(now)) }
  })
}

function conflictFailure(conflicts: readonly Conflict[]): JobFailed {
  const names = [...new Set(conflicts.map(({ table, name }) => `${table} ${name}`))]
  const more = names.length > TOLD_CONFLICTS ? ', …' : ''
  const detail = conflicts.map(conflictText).join('\n').slice(0, 4000)
  return new JobFailed({ code: 'rescue-conflict', detail, params: { what: names.slice(0, TOLD_CONFLICTS).join(', ') + more } })
}
