import { cn } from '@/lib/cn'

/** The drawn mark and the product's name; `compact` keeps the name for readers only. */
export function Brand({ name, compact = '', className }: { name: string; compact?: string; className?: string }) {
  return (
    <span className={cn('flex items-center gap-2.5 text-base font-semibold tracking-[-0.02em]', className)}>
      <svg
        viewBox="0 0 28 28"
        aria-hidden
        strokeWidth="1.6"
        strokeLinecap="round"
        className="size-7 shrink-0 fill-none stroke-primary-strong"
      >
        <path d="M14 3v22M4.5 8.5l19 11M23.5 8.5l-19 11" />
        <path d="M14 7.5l5.6 3.2v6.6L14 20.5l-5.6-3.2v-6.6z" strokeLinejoin="round" />
        <circle cx="14" cy="14" r="2.6" className="fill-primary-strong stroke-none" />
      </svg>
      <span className={compact}>{name}</span>
    </span>
  )
}
