import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'

const hatched = 'bg-[repeating-linear-gradient(-45deg,hsl(var(--bad-fill))_0_1.5px,transparent_1.5px_4px)] ring-1 ring-bad-fill/50'
const entries = [
  ['full', 'h-3.5 w-[3px] rounded-full bg-foreground/90'],
  ['diff', 'h-2.5 w-0.5 rounded-full bg-foreground/70'],
  ['incr', 'h-1.5 w-[1.5px] rounded-full bg-foreground/60'],
  ['wal', 'h-2 w-5 bg-wal'],
  ['gap', `h-2 w-5 ${hatched}`],
  ['left', 'h-1 w-5 bg-wal/55'],
  ['waiting', 'h-2 w-5 border border-dashed border-lost bg-lost/20'],
  ['used', 'h-2 w-5 bg-then'],
  ['kept', 'h-3 w-2 rounded-[1px] bg-sale'],
  ['lost', 'h-3 w-2 rounded-[1px] bg-lost'],
] as const

/** What the marks mean, for those who see them. */
export function Legend() {
  const t = useTranslations('timeline.legend')
  return (
    <ul aria-hidden className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 border-t px-3.5 py-2.5 text-meta md:px-5 md:py-3">
      {entries.map(([key, mark]) => (
        <li key={key} className="inline-flex items-center gap-1.5">
          <i className={cn('block shrink-0', mark)} />
          {t(key)}
        </li>
      ))}
    </ul>
  )
}
