import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

const ink = { behind: 'text-lost-ink', back: 'text-back-ink', none: 'text-foreground' }

type CostProps = { name: string; tone: keyof typeof ink; figure: ReactNode; notes: ReactNode[] }

/** What an exchange costs and what it brings, side by side; one below the other on a phone. */
export function CostPanel({ sides }: { sides: CostProps[] }) {
  return (
    <dl className={cn('grid divide-y rounded-control border', sides.length > 1 && 'md:grid-cols-2 md:divide-x md:divide-y-0')}>
      {sides.map((side) => (
        <Cost key={side.name} {...side} />
      ))}
    </dl>
  )
}

function Cost({ name, tone, figure, notes }: CostProps) {
  return (
    <div className="min-w-0 px-4 py-3">
      <dt className="text-meta">{name}</dt>
      <dd className={cn('text-[17px]/6 font-semibold tracking-[-0.012em] text-balance', ink[tone])}>{figure}</dd>
      {notes.filter(Boolean).map((note, at) => (
        <dd key={at} className="text-compact text-pretty [overflow-wrap:anywhere]">
          {note}
        </dd>
      ))}
    </div>
  )
}
