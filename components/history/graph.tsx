import type { CSSProperties, ReactNode } from 'react'
import { cn } from '@/lib/cn'
import type { Rail, RailShape } from './rails'

const shapes: Record<RailShape, string> = {
  through: 'inset-y-0 border-l-[1.5px]',
  in: 'top-0 h-[calc(var(--gy)-8px)] border-l-[1.5px]',
  out: 'top-[calc(var(--gy)+8px)] bottom-0 border-l-[1.5px]',
  elbow: 'top-0 h-[calc(var(--gy)+0.75px)] w-[calc(var(--lane)-8px)] rounded-bl-[9px] border-b-[1.5px] border-l-[1.5px]',
}

type GraphProps = {
  rails: readonly Rail[]
  /** What stands at the end of the lines, a glyph of 18 px */
  node?: ReactNode
  lane?: number
}

/** The lines and the glyph left of a row; decoration, as the label says what a set builds on. */
export function Graph({ rails, node, lane = 0 }: GraphProps) {
  return (
    <span aria-hidden className="pointer-events-none absolute inset-0">
      {rails.map(({ shape, lane: at, hot, dashed }) => (
        <i
          key={`${shape} ${at}`}
          style={{ '--at': at } as CSSProperties}
          className={cn(
            'absolute left-[calc(var(--gx)+var(--at)*var(--lane)-0.75px)] border-bar',
            shapes[shape],
            dashed && 'border-dashed',
            hot && 'z-1 border-foreground',
          )}
        />
      ))}
      {node && (
        <span
          style={{ '--at': lane } as CSSProperties}
          className={cn(
            'absolute top-[calc(var(--gy)-9px)] left-[calc(var(--gx)+var(--at)*var(--lane)-9px)] z-2',
            'flex size-4.5 items-center justify-center [&_svg]:size-4.5',
          )}
        >
          {node}
        </span>
      )}
    </span>
  )
}

/** How far a row's text stands in: from lg on within the first cell, below it for the whole row. */
export function indent(lane: number): { style: CSSProperties; row: string; cell: string } {
  return {
    style: { '--x': lane } as CSSProperties,
    row: 'max-lg:pl-[calc(16px+var(--in)+var(--x)*var(--lane))]',
    cell: 'lg:pl-[calc(var(--in)+var(--x)*var(--lane))]',
  }
}
