import type { ShopDb, ShopQuery } from '@/lib/shop-db'
import type { Reading } from '../schema'
import { readTables } from '../tables/data'
import type { Tables } from '../tables/rules'
import { type Kept, holdsFor, keep } from './rules'

/** What the shop told, now or as long ago as `readAt` says; null where nothing is known. */
export type Told<T> = { reading: Reading; readAt: Date | null; value: T | null }

/** `isPast`: what is asked about does not touch now. */
export type Question<T> = { key: string; isPast: boolean; ask: (query: ShopQuery, tables: Tables) => Promise<T> }

type Memory = {
  startedAt: string | null
  cluster: string | null
  kept: Map<string, Kept>
  /** Why a question had no answer, for as long as it is not asked again */
  refused: Map<string, { reading: Reading; until: number }>
  asking: Map<string, Promise<Reading>>
  tables: { value: Tables | null; until: number } | null
}

const TABLES_MS = 60_000
const memories = new WeakMap<ShopDb, Memory>()

function memoryOf(shop: ShopDb): Memory {
  const memory = memories.get(shop) ?? emptied(null, null)
  memories.set(shop, memory)
  return memory
}

function emptied(startedAt: string | null, cluster: string | null): Memory {
  return { startedAt, cluster, kept: new Map(), refused: new Map(), asking: new Map(), tables: null }
}

/** Says which cluster the shop is: what was read from another one is forgotten. */
export function noteCluster(shop: ShopDb, cluster: string): void {
  const memory = memoryOf(shop)
  if (memory.cluster !== null && memory.cluster !== cluster) memories.set(shop, emptied(memory.startedAt, cluster))
  else memory.cluster = cluster
}

/** The shop's answer, or what is remembered of it. One question is asked once at a time, whoever wants to know. */
export async function askShop<T>(shop: ShopDb, question: Question<T>): Promise<Told<T>> {
  const { key } = question
  const { asking } = memoryOf(shop)
  const reading = remembered(memoryOf(shop), key) ?? (await (asking.get(key) ?? begin(shop, asking, question)))
  const kept = memoryOf(shop).kept.get(key)
  if (!kept) return { reading, readAt: null, value: null }
  keep(memoryOf(shop).kept, key, kept)
  return { reading, readAt: new Date(kept.readAt), value: kept.value as T }
}

/** Null where it is time to ask. */
function remembered({ kept, refused }: Memory, key: string): Reading | null {
  const [answer, refusal, now] = [kept.get(key), refused.get(key), Date.now()]
  if (answer && now < answer.until) return 'ok'
  return refusal && now < refusal.until ? refusal.reading : null
}

function begin<T>(shop: ShopDb, asking: Memory['asking'], question: Question<T>): Promise<Reading> {
  const answer = ask(shop, question).finally(() => asking.delete(question.key))
  asking.set(question.key, answer)
  return answer
}

async function ask<T>(shop: ShopDb, question: Question<T>): Promise<Reading> {
  const { key, isPast } = question
  const { cluster } = memoryOf(shop)
  let began = performance.now()
  const answer = await shop.read(async (query) => {
    const tables = await tablesOf(shop, query)
    began = performance.now()
    return tables && { value: await question.ask(query, tables) }
  })
  const [memory, took, now] = [memoryOf(shop), performance.now() - began, Date.now()]
  if (memory.cluster !== cluster) return ask(shop, question)
  if (answer.reading === 'ok' && answer.value) {
    keep(memory.kept, key, { value: answer.value.value, readAt: now, until: now + holdsFor(isPast, took) })
    memory.refused.delete(key)
    return 'ok'
  }
  // Other tables than before: they are looked up again.
  if (answer.reading === 'foreign') memory.tables = null
  const reading = answer.reading === 'ok' ? 'foreign' : answer.reading
  // Whether the shop is up again is found out by whatever is asked next.
  if (reading !== 'down') keep(memory.refused, key, { reading, until: now + holdsFor(false, took) })
  return reading
}

/** Also where it is noticed that the server is another one than before. */
async function tablesOf(shop: ShopDb, query: ShopQuery): Promise<Tables | null> {
  const startedAt = shop.startedAt()
  const known = memoryOf(shop)
  if (known.startedAt !== startedAt) memories.set(shop, { ...emptied(startedAt, known.cluster), asking: known.asking })
  const memory = memoryOf(shop)
  if (memory.tables && Date.now() < memory.tables.until) return memory.tables.value
  const value = await readTables(query)
  memory.tables = { value, until: Date.now() + TABLES_MS }
  return value
}
