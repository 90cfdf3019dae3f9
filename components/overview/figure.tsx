import { cn } from '@/lib/cn'

const NO_BREAK_SPACE = '\u00a0'

/** A large figure; its units stay small. */
export function Figure({ text, className }: { text: string; className?: string }) {
  const parts = text.split(/[\s\u00a0]+/)
  return (
    <span className={cn('text-figure whitespace-nowrap', className)}>
      {parts.map((part, index) =>
        /^[\d.,]/.test(part) ? (
          <span key={index}>{index > 0 ? NO_BREAK_SPACE + part : part}</span>
        ) : (
          <small key={index} className="ml-1 text-base font-normal tracking-[-0.01em] text-muted">
            {part}
          </small>
        ),
      )}
    </span>
  )
}
