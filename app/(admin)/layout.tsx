import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { HostedPage } from '@/components/hosted/hosted-page'
import { UndoBanner } from '@/components/restore/exchange/undo-banner'
import { BreakGlassStrip } from '@/components/shell/break-glass-strip'
import { HeaderRow } from '@/components/shell/header-row'
import { Sidebar } from '@/components/shell/sidebar'
import { PATH_HEADER } from '@/lib/auth/cookies'
import type { SessionUser } from '@/lib/auth/schema'
import { requireUser } from '@/lib/auth/session'
import { cn } from '@/lib/cn'
import { getClusterSummary } from '@/lib/cluster/data'
import { db, stanzaName } from '@/lib/dashboard-db'
import { hostedDatabase } from '@/lib/hosted/mode'
import type { HostedDatabase } from '@/lib/hosted/rules'
import { translator } from '@/lib/i18n'
import { readNotice } from '@/lib/restore/exchange/undo/data'
import { getBrand, getFormatOptions } from '@/lib/salespider/data'
import { AdminProviders } from './providers'

const CONTENT = 'content'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const user = await requireUser()
  const hosted = hostedDatabase()
  if (hosted) return <Hosted user={user} database={hosted} />
  const { name, email, role, origin } = user
  const now = new Date()
  const [format, brand, summary, notice] = await Promise.all([
    getFormatOptions(), getBrand(), getClusterSummary(db(), stanzaName(), now), readNotice(db(), stanzaName(), now),
  ])
  const cluster = { initial: summary, renderedAt: now }
  return (
    <AdminProviders format={format} now={now}>
      <a
        href={`#${CONTENT}`}
        className={cn(
          'sr-only rounded-control bg-card font-medium shadow-pop',
          'focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-2',
        )}
      >
        {translator('shell')('skip')}
      </a>
      <div className="flex min-h-dvh">
        <Sidebar cluster={cluster} brand={brand} />
        <div className="relative flex min-w-0 flex-1 flex-col">
          <HeaderRow person={{ name, email, role }} cluster={cluster} brand={brand} />
          {origin === 'deployment' && <BreakGlassStrip />}
          <UndoBanner rendered={notice} />
          <main
            id={CONTENT}
            tabIndex={-1}
            className={cn(
              'grid grid-cols-[minmax(0,1fr)] content-start gap-3 px-4 pt-4 pb-10 outline-none',
              'md:gap-4 md:px-8 md:pt-7 md:pb-12',
            )}
          >
            {children}
          </main>
        </div>
      </div>
    </AdminProviders>
  )
}

/** In place of whichever page was asked for. */
async function Hosted({ user, database }: { user: SessionUser; database: HostedDatabase }) {
  const path = (await headers()).get(PATH_HEADER)?.split('?')[0]
  const { name, email, role, origin } = user
  return (
    <HostedPage
      person={{ name, email, role }}
      brand={await getBrand()}
      isBreakGlass={origin === 'deployment'}
      database={database}
      isAstray={path !== '/'}
    />
  )
}
