import { cn } from '@/lib/cn'
import type { BackupType } from '@/lib/jobs/schema'

/** Shape says the type, colour stays free for the state. Disc: full. Half disc: differential. Ring with a point: incremental. */
export function TypeGlyph({ type, className }: { type: BackupType; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={cn('inline-block size-4 shrink-0', className)}>
      {type === 'full' ? (
        <circle cx="12" cy="12" r="8" fill="currentColor" />
      ) : (
        <>
          <circle cx="12" cy="12" r="7" fill="none" stroke="currentColor" strokeWidth="2" />
          {type === 'diff' && <path d="M12 5a7 7 0 0 1 0 14z" fill="currentColor" />}
          {type === 'incr' && <circle cx="12" cy="12" r="2.2" fill="currentColor" />}
        </>
      )}
    </svg>
  )
}
