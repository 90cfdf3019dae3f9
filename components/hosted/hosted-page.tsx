import { BreakGlassStrip } from '@/components/shell/break-glass-strip'
import { Brand } from '@/components/shell/brand'
import { ThemeMenu } from '@/components/shell/theme-menu'
import { type Person, UserMenu } from '@/components/shell/user-menu'
import { cn } from '@/lib/cn'
import type { HostedDatabase } from '@/lib/hosted/rules'
import type { Looks } from '@/lib/salespider/settings/schema'
import { HostedView } from './hosted-view'

type HostedPageProps = {
  person: Person
  brand: Pick<Looks, 'name' | 'logo'>
  isBreakGlass: boolean
  database: HostedDatabase
  isAstray: boolean
}

/** Every page, where somebody else backs up: there is nothing to go to, so there is no navigation. */
export function HostedPage({ person, brand, isBreakGlass, database, isAstray }: HostedPageProps) {
  return (
    <>
      <header className="flex h-14 items-center gap-1 border-b px-4 md:h-16 md:gap-2 md:px-8">
        <Brand {...brand} className="mr-auto min-w-0" />
        <ThemeMenu className="max-md:hidden" />
        <UserMenu person={person} />
      </header>
      {isBreakGlass && <BreakGlassStrip />}
      <main
        className={cn(
          'mx-auto grid max-w-4xl grid-cols-[minmax(0,1fr)] content-start gap-4 px-4 pt-6 pb-10',
          'md:px-8 md:pt-10 md:pb-12',
        )}
      >
        <HostedView database={database} isAstray={isAstray} />
      </main>
    </>
  )
}
