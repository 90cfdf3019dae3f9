import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

export const CHECKS_ID = 'checks'
export const REPOSITORIES_ID = 'repositories'
export const BACKUPS_ID = 'backups'

export function setHref({ repoKey, label }: { repoKey: number; label: string }): string {
  return `/history?set=${repoKey}/${label}`
}

/** A number in the verdict, leading to what it rests on. */
export function EvidenceLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href as Route}
      className={cn(
        'whitespace-nowrap underline decoration-control decoration-dotted decoration-[1.5px] underline-offset-[0.22em]',
        'hover:decoration-solid',
      )}
    >
      {children}
    </Link>
  )
}
