import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { BASE_PATH } from '@/lib/base-path'
import type { HostedDatabase } from '@/lib/hosted/rules'
import { translator } from '@/lib/i18n'

const t = translator('hosted')

/** What stands in place of every page where somebody else backs up. `isAstray`: it was asked for by another page's address. */
export function HostedView({ database, isAstray }: { database: HostedDatabase; isAstray: boolean }) {
  const { host, provider } = database
  return (
    <>
      <section className="pt-1 pb-2 md:pt-3 md:pb-4">
        <h1 className="max-w-[28ch] text-2xl font-semibold tracking-[-0.02em] text-balance [overflow-wrap:anywhere] md:text-3xl">
          {responsible(database)}
        </h1>
        <p className="mt-3 max-w-[62ch] text-muted">{t('here')}</p>
        {isAstray && (
          <div className="mt-4 flex flex-wrap items-center gap-3">
            <p className="text-muted">{t('notAtThisAddress')}</p>
            <Button asChild>
              <a href={BASE_PATH}>{t('toOverview')}</a>
            </Button>
          </div>
        )}
      </section>
      <Sheet>
        <SheetHeader title={t('facts')} />
        <dl className="px-4 py-1.5 md:px-5">
          {host && (
            <Fact name={t('database')}>
              <span className="font-mono text-compact [overflow-wrap:anywhere]">{host}</span>
            </Fact>
          )}
          {provider && <Fact name={t('backups')}>{t(`does.${provider.id}`)}</Fact>}
          <Fact name={t('restoring')}>{provider ? t('atProvider', { provider: provider.name }) : t('elsewhere')}</Fact>
        </dl>
        {provider && (
          <div className="flex flex-wrap gap-2 border-t px-4 py-3.5 md:px-5">
            <Outwards href={provider.guide}>{t('guide', { provider: provider.name })}</Outwards>
            {provider.console && <Outwards href={provider.console}>{t('console', { provider: provider.name })}</Outwards>}
          </div>
        )}
      </Sheet>
    </>
  )
}

function responsible({ host, provider }: HostedDatabase): string {
  if (provider) return t('known', { provider: provider.name })
  return host ? t('unknown', { host }) : t('nowhere')
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 border-t py-3 first:border-t-0 md:grid-cols-[120px_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd className="max-w-[62ch]">{children}</dd>
    </div>
  )
}

function Outwards({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button asChild className="h-auto min-h-11 py-1.5 whitespace-normal md:min-h-9">
      <a href={href} target="_blank" rel="noopener noreferrer">
        <span>
          {children}
          <span className="sr-only">, {t('newTab')}</span>
        </span>
        <ExternalLink aria-hidden />
      </a>
    </Button>
  )
}
