/** What must hold in every shop, counted in the rehearsal alone: the running shop is asked nothing for it. */
import type { Comparison } from '@/lib/restore/comparison/schema'
import { TimeIsUp, type Session } from './session'
import { DatabaseError } from 'pg'

const CHECK_MS = 30_000

type Check = NonNullable<Comparison['checks']>[number]

const orphans = (table: string, column: string, parent: string) => `
  FROM public."${table}" t WHERE NOT EXISTS (SELECT FROM public."${parent}" p WHERE p.id = t."${column}")`

const CHECKS: Record<Check['name'], string> = {
  'item-without-sale': orphans('SaleItem', 'saleId', 'Sale'),
  'item-without-product': orphans('SaleItem', 'productId', 'Product'),
  'sale-without-cashier': orphans('Sale', 'cashierId', 'User'),
  'deshelving-without-product': orphans('deshelvings', 'productId', 'Product'),
  'wrong-total': `FROM public."Sale" WHERE abs("totalAmount"::numeric - ("subtotal"::numeric + "vatAmount"::numeric)) >= 0.01`,
  'negative-stock': 'FROM public."Product" WHERE quantity < 0',
  'negative-price': 'FROM public."Product" WHERE price < 0',
}

/** Those that the shop's tables allow to be made; a table or column that is not there breaks nothing. */
export async function checkShop(then: Session): Promise<Check[]> {
  const checks: Check[] = []
  for (const [name, from] of Object.entries(CHECKS) as [Check['name'], string][]) {
    const outcome = await count(then, from)
    if (outcome !== 'missing') checks.push({ name, found: outcome })
  }
  return checks
}

async function count(then: Session, from: string): Promise<number | null | 'missing'> {
  try {
    const [row] = await then.within(CHECK_MS, () => then.query<[number]>(`SELECT count(*)::float8 ${from}`))
    return row?.[0] ?? null
  } catch (error) {
    if (then.signal.aborted) throw error
    if (error instanceof TimeIsUp) return null
    if (!(error instanceof DatabaseError)) throw error
    return /^42/.test(error.code ?? '') ? 'missing' : null
  }
}
