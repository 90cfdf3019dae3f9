'use client'

import { ChevronDown, ChevronRight, CircleDashed } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { Row } from '@/lib/history/schema'
import { Graph, indent } from './graph'
import type { Rail } from './rails'
import { cellClasses } from './row-cells'

type FoldData = Extract<Row, { kind: 'fold' }>
type GoneData = Extract<Row, { kind: 'gone' }>

const rowClasses = cn(
  'relative text-compact text-muted lg:static lg:[--gy:14px]',
  'max-lg:grid max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:py-2.5 max-lg:pr-4',
)

/** What is folded, in numbers; pressing it shows the sets. */
export function FoldRow({ row, rails, onOpen }: { row: FoldData; rails: readonly Rail[]; onOpen: () => void }) {
  const t = useTranslations('history.table')
  const format = useFormat()
  const { style, row: rowIndent, cell } = indent(row.lane)
  const sets = t('fold', { diffs: row.diffs, incrs: row.incrs, both: row.diffs > 0 && row.incrs > 0 ? 'yes' : 'no' })
  return (
    <tr style={style} className={cn(rowClasses, rowIndent)}>
      <td colSpan={3} className={cn(cellClasses, 'lg:relative lg:pt-1 lg:pb-2.5 lg:pl-5')}>
        <Graph rails={rails} />
        <div className={cell}>
          {row.canOpen ? (
            <button
              type="button"
              aria-expanded={false}
              className="flex items-center gap-1.5 hover:text-foreground lg:-ml-3.5"
              onClick={onOpen}
            >
              <ChevronRight aria-hidden className="size-3.5" />
              {sets}
            </button>
          ) : (
            t('foldClosed', { sets })
          )}
        </div>
      </td>
      <td className={cn(cellClasses, 'text-right lg:pt-1')}>{format.bytes(row.stored)}</td>
      <td colSpan={2} className="max-lg:hidden" />
    </tr>
  )
}

export function FoldAgainRow({ onFold }: { onFold: () => void }) {
  const t = useTranslations('history.table')
  const { style, row: rowIndent, cell } = indent(1)
  return (
    <tr style={style} className={cn(rowClasses, rowIndent)}>
      <td colSpan={6} className={cn(cellClasses, 'lg:pt-1 lg:pb-2.5 lg:pl-5')}>
        <div className={cell}>
          <button
            type="button"
            aria-expanded
            className="flex items-center gap-1.5 hover:text-foreground lg:-ml-3.5"
            onClick={onFold}
          >
            <ChevronDown aria-hidden className="size-3.5" />
            {t('foldAgain')}
          </button>
        </div>
      </td>
    </tr>
  )
}

export function GoneRow({ row, rails }: { row: GoneData; rails: readonly Rail[] }) {
  const t = useTranslations('history.table')
  const { style, row: rowIndent, cell } = indent(0)
  return (
    <tr style={style} className={cn(rowClasses, rowIndent)}>
      <td colSpan={6} className={cn(cellClasses, 'lg:relative lg:pl-5')}>
        <Graph rails={rails} node={<CircleDashed className="size-3.5! text-warn" />} />
        <div className={cell}>
          {t.rich('gone', { label: row.label, mono: (chunks) => <span className="font-mono text-meta">{chunks}</span> })}
        </div>
      </td>
    </tr>
  )
}
