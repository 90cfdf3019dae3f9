import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

/** A row: six cells from md on, below it a grid of two columns. */
export const rowClasses =
  'relative max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:py-2.5 max-md:pr-4 md:static'

/** Of every cell; below md the row has the padding. */
export const cellClasses = 'align-top md:px-3 md:py-2'

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
      <td className={cn(cellClasses, 'max-md:col-start-1 max-md:row-start-2 max-md:text-compact max-md:text-muted')}>
        <span className="block truncate">{finished}</span>
        <span className="block truncate text-meta max-md:hidden">{age}</span>
      </td>
      <td className={cn(cellClasses, 'text-right whitespace-nowrap max-md:hidden')}>{took}</td>
      <td className={cn(cellClasses, 'text-right max-md:col-start-2 max-md:row-start-1')}>
        <span className="block truncate">{stored}</span>
        {bar !== undefined && (
          <i aria-hidden className="mt-1.5 ml-auto block h-[3px] rounded-full bg-bar max-md:hidden" style={{ width: bar }} />
        )}
      </td>
      <td className={cn(cellClasses, 'max-md:col-start-1 max-md:row-start-3')}>
        <span className="block truncate max-md:hidden">{who.name}</span>
        <span className="block truncate text-meta">{who.note || <span className="md:hidden">{who.name}</span>}</span>
      </td>
      <td
        className={cn(
          cellClasses,
          'max-md:col-start-2 max-md:row-span-2 max-md:row-start-2 md:pr-5',
          'max-md:text-right max-md:text-compact max-md:text-muted',
        )}
      >
        {state}
      </td>
    </>
  )
}
