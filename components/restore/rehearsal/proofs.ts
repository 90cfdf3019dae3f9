import type { Comparison } from '@/lib/restore/comparison/schema'

export type Standing = 'ok' | 'found' | 'unknown' | 'pending'

/** Whether the newest sale of then lies before the moment. What was under way at that moment was committed after it, and is not in. */
export function rightSale({ shop }: Pick<Comparison, 'shop'>, moment: Date | null): Standing {
  if (!shop || !shop.then.newestSaleAt) return 'unknown'
  return moment && new Date(shop.then.newestSaleAt) > moment ? 'found' : 'ok'
}

/** `isChecking`: the comparison is still under way. */
export function soundness({ amcheck }: Pick<Comparison, 'amcheck'>, isChecking: boolean): Standing {
  if (!amcheck) return isChecking ? 'pending' : 'unknown'
  return ({ ok: 'ok', damaged: 'found', skipped: 'unknown' } as const)[amcheck.status]
}

export function sameSchema({ definitions, unread }: Pick<Comparison, 'definitions' | 'unread'>): Standing {
  if (definitions.length > 0) return 'found'
  return unread.some((kind) => kind !== 'shop') ? 'unknown' : 'ok'
}

export function shopChecks({ checks }: Pick<Comparison, 'checks'>, isChecking: boolean): Standing {
  if (!checks) return isChecking ? 'pending' : 'unknown'
  if (checks.some(({ found }) => found !== null && found > 0)) return 'found'
  return checks.length > 0 && checks.every(({ found }) => found === 0) ? 'ok' : 'unknown'
}
