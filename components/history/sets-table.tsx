'use client'

import { useTranslations } from 'use-intl'
import type { History } from '@/lib/history/schema'
import { cn } from '@/lib/cn'
import { FamilyRows } from './family-rows'

type SetsTableProps = {
  history: History
  open: string | null
  onOpen: (id: string | null) => void
  onUnfold: (family: string, unfolded: boolean) => void
  /** Ids of the chain that is inked */
  chain: ReadonlySet<string>
}

const columns = [
  ['set', 'w-[29%] pl-5'],
  ['finished', 'w-[16%]'],
  ['took', 'w-[10%] text-right'],
  ['stored', 'w-[11.5%] text-right'],
  ['by', ''],
  ['state', 'w-[16%] pr-5'],
] as const

/** One tbody a family. Below lg a row is two columns instead of six, in the same order. */
export function SetsTable({ history, chain, ...rest }: SetsTableProps) {
  const t = useTranslations('history.table')
  const largest = Math.max(1, ...history.families.flatMap(({ rows }) => rows.map((row) => (row.kind === 'set' ? row.stored : 0))))
  return (
    <table
      aria-label={t('label')}
      className={cn(
        'w-full border-collapse text-left max-lg:block lg:table-fixed',
        '[--gx:23px] [--gy:20px] [--in:26px] [--lane:15px] lg:[--gx:28px] lg:[--gy:18px] lg:[--in:34px] lg:[--lane:24px]',
      )}
    >
      <thead className="max-lg:sr-only">
        <tr>
          {columns.map(([name, className]) => (
            <th key={name} scope="col" className={cn('border-b px-3 py-2.5 text-meta font-medium', className)}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      {history.families.map((family) => (
        <FamilyRows
          key={family.key}
          family={family}
          largest={largest}
          chain={chain}
          namesRepository={history.repositories.length > 1}
          {...rest}
        />
      ))}
    </table>
  )
}
