import type { RestoreView } from '@/lib/restore/view/schema'

type Currency = RestoreView['currency']

/** Decimal text in the shop's currency: "₦412,300", "₦38.50"; what is below zero has its sign before the symbol. */
export function moneyText(amount: string | number, { code, symbol }: Currency, locale: string): string {
  const value = Number(amount)
  const cents = Number.isInteger(value) ? 0 : 2
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: cents, maximumFractionDigits: cents })
  const sign = value < 0 ? '−' : ''
  return `${sign}${symbol || `${code}\u00a0`}${number.format(Math.abs(value))}`
}
