'use client'

import { useTranslations } from 'use-intl'
import { useNow } from '@/components/format-provider'
import { StaleNote } from '@/components/jobs/stale-note'
import { EmptyState } from '@/components/ui/empty-state'
import type { RepositoriesView } from '@/lib/repositories/view/schema'
import { useRepositories } from './repositories-query'
import { RepositorySheet } from './repository-sheet'
import type { TestConnection } from './test-button'

type SettingsScreenProps = { rendered: RepositoriesView; mayTest: boolean; testConnection: TestConnection }

/** Where the backups are kept, and whether everything that is needed of it works. */
export function SettingsScreen({ rendered, mayTest, testConnection }: SettingsScreenProps) {
  const t = useTranslations('settings')
  const { view, stale } = useRepositories(rendered, useNow())
  return (
    <>
      {stale && <StaleNote since={stale} />}
      <section aria-label={t('repositories')} className="grid gap-3 md:gap-4">
        <p className="max-w-[68ch] text-muted">{t('intro')}</p>
        {view.repositories.length === 0 && (
          <EmptyState title={t(view.isRead ? 'none.title' : 'unread.title')}>{t(view.isRead ? 'none.text' : 'unread.text')}</EmptyState>
        )}
        {view.repositories.map((repository) => (
          <RepositorySheet key={repository.key} repository={repository} view={view} mayTest={mayTest} testConnection={testConnection} />
        ))}
      </section>
    </>
  )
}
