'use client'

import { usePathname } from 'next/navigation'
import { StatusChip } from '@/components/health/status-chip'
import { cn } from '@/lib/cn'
import type { Looks } from '@/lib/salespider/settings/schema'
import { Clocks } from './clocks'
import type { ClusterState } from './cluster-block'
import { MobileMenu } from './mobile-menu'
import { ThemeMenu } from './theme-menu'
import { type Person, UserMenu } from './user-menu'

type HeaderRowProps = { person: Person; cluster: ClusterState; brand: Pick<Looks, 'name' | 'logo'> }

/** The row above the page; its title comes from the page itself (PageHeader). Overview needs no chip: it is the verdict. */
export function HeaderRow({ person, cluster, brand }: HeaderRowProps) {
  const hasChip = usePathname() !== '/'
  return (
    <header
      className={cn(
        'sticky top-0 z-20 flex h-14 items-center gap-1 border-b bg-background px-4',
        'md:static md:h-16 md:gap-2 md:px-8',
      )}
    >
      <MobileMenu cluster={cluster} brand={brand} />
      <Clocks className={cn('ml-auto md:pr-2', hasChip && 'max-md:hidden')} />
      {hasChip && <StatusChip className="max-md:ml-auto" />}
      <ThemeMenu className="max-md:hidden" />
      <UserMenu person={person} />
    </header>
  )
}
