import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { pgTime } from '@/lib/restore/comparison/rules'
import type { GoneRow } from '@/lib/restore/comparison/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { cellText, rowName } from './cells'
import { moneyText } from './money'
import { useMomentText } from './moment-words'

/** A deleted row as the shop knows it: what it is called, what is worth knowing, and who deleted it when. */
export function useGoneWords({ currency }: Pick<RestoreView, 'currency'>) {
  const t = useTranslations('rehearsal.gone')
  const format = useFormat()
  const moment = useMomentText()
  const money = (amount: unknown) => moneyText(Number(amount), currency, format.options.locale)

  function nameOf({ table, key, row, names }: GoneRow): string {
    const at = table === 'Sale' ? pgTime(row.createdAt) : null
    return at ? t('sale', { moment: moment(at) }) : rowName({ then: row, now: null, names }, Object.keys(key))
  }

  function factsOf({ table, row, names, parts }: GoneRow): string {
    if (table === 'Product') return t('product', { price: money(row.price), count: Number(row.quantity) })
    if (table === 'Sale') return t('saleFacts', { amount: money(row.totalAmount), name: names.cashierId ?? '', by: names.cashierId ? 'known' : 'none', parts })
    if (table === 'SaleItem') return t('item', { price: money(row.price), count: Number(row.quantity) })
    if (table === 'User') return t('user', { email: cellText(row.email) ?? '', role: cellText(row.role) ?? '' })
    return table
  }

  function deletedOf({ deletedAt, deletedBy }: GoneRow): string | null {
    if (!deletedAt) return deletedBy && t('deletedBy', { name: deletedBy })
    return t('deletedAt', { moment: moment(deletedAt), name: deletedBy ?? '', by: deletedBy === null ? 'none' : 'known' })
  }

  return { nameOf, factsOf, deletedOf }
}

const kinds = ['Product', 'Sale', 'User'] as const

/** What the rows are, where all are of one kind that people have a word for. */
export function kindOf(rows: readonly Pick<GoneRow, 'schema' | 'table'>[]): (typeof kinds)[number] | 'row' {
  const [first] = rows
  const isOne = rows.every(({ schema, table }) => schema === 'public' && table === first?.table)
  return (isOne && kinds.find((kind) => kind === first?.table)) || 'row'
}
