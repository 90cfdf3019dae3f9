import type { Db } from '@/lib/db'
import { readClock } from '../clock/data'
import type { RestoreWish } from '../schema'
import { readWalFacts } from '../window/data'
import { type PlanOutcome, planOf } from './rules'

/** What a restore would do if it was asked for now, or why it cannot. */
export async function planFor(db: Db, stanza: string, wish: RestoreWish, now: Date): Promise<PlanOutcome> {
  const facts = await readWalFacts(db, stanza)
  return facts ? planOf(facts, wish, readClock(db, stanza), now) : { refusal: { code: 'database-unknown', params: {} } }
}
