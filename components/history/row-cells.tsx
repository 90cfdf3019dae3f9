import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

/** A row: six cells from lg on, below it a grid of two columns. */
export const rowClasses =
  'relative max-lg:grid max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:gap-x-3 max-lg:py-2.5 max-lg:pr-4 lg:static'

/** Of every cell; below lg the row has the padding. */
export const cellClasses = 'align-top lg:px-3 lg:py-2'

type RowCellsProps = {
  finished: ReactNode
  age: ReactNode
  took: ReactNode
  stored: ReactNode
  /** Width of the bar beneath, in pixels */
  bar?: number
  who: { name: string; note: string }
  state: ReactNode
}

/** Everything right of a set's name. */
export function RowCells({ finished, age, took, stored, bar, who, state }: RowCellsProps) {
  return (
    <>
      <td className={cn(cellClasses, 'max-lg:col-start-1 max-lg:row-start-2 max-lg:text-compact max-lg:text-muted')}>
        <span className="block truncate">{finished}</span>
        <span className="block truncate text-meta max-lg:hidden">{age}</span>
      </td>
      <td className={cn(cellClasses, 'text-right whitespace-nowrap max-lg:hidden')}>{took}</td>
      <td className={cn(cellClasses, 'text-right max-lg:col-start-2 max-lg:row-start-1')}>
        <span className="block truncate">{stored}</span>
        {bar !== undefined && (
          <i aria-hidden className="mt-1.5 ml-auto block h-[3px] rounded-full bg-bar max-lg:hidden" style={{ width: bar }} />
        )}
      </td>
      <td className={cn(cellClasses, 'max-lg:col-start-1 max-lg:row-start-3')}>
        <span className="block truncate max-lg:hidden">{who.name}</span>
        <span className="block truncate text-meta">{who.note || <span className="lg:hidden">{who.name}</span>}</span>
      </td>
      <td
        className={cn(
          cellClasses,
          'max-lg:col-start-2 max-lg:row-span-2 max-lg:row-start-2 lg:pr-5',
          'max-lg:text-right max-lg:text-compact max-lg:text-muted',
        )}
      >
        {state}
      </td>
    </>
  )
}
