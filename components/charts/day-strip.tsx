import { Minus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { cn } from '@/lib/cn'
import type { StripDay } from '@/lib/health/schema'

export type LabelledDay = StripDay & { label: string }

const columns = 'grid grid-cols-[repeat(30,minmax(0,1fr))] gap-0.5 md:gap-1'

/** A cell a day, the worst run wins. The state is told by shape and edge as well as by colour; each cell names itself. */
export function DayStrip({ label, days, axis }: { label: string; days: LabelledDay[]; axis: ReactNode[] }) {
  return (
    <>
      <ul aria-label={label} className={columns}>
        {days.map((day) => (
          <li
            key={day.at.getTime()}
            title={day.label}
            className={cn('grid h-8 place-items-center rounded-xs md:h-9 md:rounded-[5px]', grounds[day.state])}
          >
            <span className="sr-only">{day.label}</span>
            <Mark day={day} />
          </li>
        ))}
      </ul>
      <div aria-hidden className={cn(columns, 'mt-1.5 text-[12px] leading-4 whitespace-nowrap text-faint')}>
        {axis}
      </div>
    </>
  )
}

const dotted = 'bg-[radial-gradient(circle,hsl(var(--control))_1.6px,transparent_2.2px)]'
const striped = 'bg-[repeating-linear-gradient(-45deg,hsl(var(--run)/.16)_0_4px,hsl(var(--run-tint))_4px_8px)]'

export const grounds: Record<StripDay['state'], string> = {
  before: dotted,
  none: 'bg-foreground/4',
  'backed-up': 'bg-ok-tint text-ok',
  failed: 'bg-bad-fill text-white',
  missed: 'border-[1.5px] border-dashed border-warn-fill text-warn',
  running: cn(striped, 'text-run inset-ring inset-ring-run/50'),
}

/** On a phone only exceptions wear a glyph: the cells are as narrow as a finger's nail is thick. */
function Mark({ day: { state, type } }: { day: StripDay }) {
  const size = 'size-2.5 md:size-[15px]'
  if (state === 'failed') return <X aria-hidden className={size} />
  if (state === 'missed') return <Minus aria-hidden className={size} />
  return type && <TypeGlyph type={type} className={cn(size, 'max-md:hidden')} />
}
