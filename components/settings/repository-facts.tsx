import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { selector } from '@/lib/i18n'
import type { RepositoriesView, TestedRepository } from '@/lib/repositories/view/schema'
import { keptBy } from '@/lib/repositories/rules'

const READABLE = [0, 2]

type FactsProps = { repository: TestedRepository; retention: RepositoriesView['retention'] }

/** What pgBackRest is told about it and what it found there; keys are not among what the dashboard ever gets. */
export function RepositoryFacts({ repository, retention }: FactsProps) {
  const t = useTranslations('settings.facts')
  const format = useFormat()
  const { location, cipher, settings, diskFree, diskTotal, statusCode, statusMessage, type } = repository
  const kept = keptBy(retention, settings)
  const isLocal = type === 'posix' || type === 'cifs'
  return (
    <dl className="grid grid-cols-[minmax(88px,auto)_minmax(0,1fr)] content-start gap-x-4 gap-y-2 px-4 py-3.5 md:px-5 md:py-4">
      <Fact name={t('place')} isCode>
        {location}
      </Fact>
      {settings?.endpoint && (
        <Fact name={t('endpoint')} isCode>
          {settings.endpoint}
        </Fact>
      )}
      {settings?.region && <Fact name={t('region')}>{settings.region}</Fact>}
      {settings && !isLocal && (
        <Fact name={t('certificate')} isWarning={!settings.isVerified}>
          {settings.isVerified ? t(settings.caFile ? 'ownAuthority' : 'publicAuthority') : t('unverified')}
        </Fact>
      )}
      <Fact name={t('encryption')}>{cipher === 'none' ? t('plain') : cipher}</Fact>
      <Fact name={t('retention')}>{kept ? t('kept', { full: kept.full ?? 'all', diff: kept.diff ?? 'all', unit: kept.unit }) : t('unknown')}</Fact>
      {diskFree !== null && diskTotal !== null && (
        <Fact name={t('room')}>{t('free', { free: format.bytes(diskFree), total: format.bytes(diskTotal) })}</Fact>
      )}
      {!isLocal && <Fact name={t('lock')}>{t('lockUnknown')}</Fact>}
      {!READABLE.includes(statusCode) && (
        <Fact name={t('state')} isWarning>
          {t('broken', { state: selector(statusMessage), text: statusMessage })}
        </Fact>
      )}
    </dl>
  )
}

type FactProps = { name: string; isCode?: boolean; isWarning?: boolean; children: ReactNode }

function Fact({ name, isCode = false, isWarning = false, children }: FactProps) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className={cn('[overflow-wrap:anywhere]', isCode && 'font-mono text-compact leading-5', isWarning && 'text-warn')}>{children}</dd>
    </>
  )
}
