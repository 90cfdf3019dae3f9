import { cn } from '@/lib/cn'

type BrandProps = {
  name: string
  /** The shop's own, instead of the drawn mark */
  logo?: string | null
  /** Of the name's span: where only readers get it */
  compact?: string
  className?: string
}

export function Brand({ name, logo = null, compact = '', className }: BrandProps) {
  return (
    <span className={cn('flex items-center gap-2.5 text-base font-semibold tracking-[-0.02em]', className)}>
      {logo ? (
        // It comes from SaleSpider or where that says: nothing for an optimizer of ours to fetch.
        // eslint-disable-next-line @next/next/no-img-element
        <img src={logo} alt="" referrerPolicy="no-referrer" className="size-7 shrink-0 rounded-sm object-contain" />
      ) : (
        <Mark />
      )}
      <span className={cn('truncate', compact)}>{name}</span>
    </span>
  )
}

function Mark() {
  return (
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
  )
}
