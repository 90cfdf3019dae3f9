import { cn } from '@/lib/cn'
import type { DayCoverage } from '@/lib/restore/calendar/rules'

/** Shares below this would not be seen: 2 of some 34 px */
const LEAST = 0.07
const hatched = 'bg-[repeating-linear-gradient(115deg,currentColor_0_1.5px,transparent_1.5px_3.5px)]'

/** Where in the day WAL reaches, and where it is missing. */
export function CoverageBar({ parts, isOnColour }: { parts: DayCoverage['parts']; isOnColour: boolean }) {
  return (
    <span aria-hidden className="absolute inset-x-1 bottom-1.5 h-[3px]">
      {parts.map(({ from, to, state }) => (
        <i
          key={from}
          style={{ left: `${Math.min(from, 1 - LEAST) * 100}%`, width: `${Math.max(to - from, LEAST) * 100}%` }}
          className={cn(
            'absolute inset-y-0',
            from === 0 && 'rounded-l-full', to === 1 && 'rounded-r-full',
            state === 'whole' ? (isOnColour ? 'bg-current/75' : 'bg-wal') : hatched,
            state === 'missing' && !isOnColour && 'text-bad-fill',
          )}
        />
      ))}
    </span>
  )
}
