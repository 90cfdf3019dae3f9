'use client'

import { Cloud, Server } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { repositoryName } from '@/components/jobs/words'
import { Sheet } from '@/components/ui/sheet'
import { type RepositoriesView, type TestedRepository } from '@/lib/repositories/view/schema'
import { RepositoryFacts } from './repository-facts'
import { TestButton, type TestConnection } from './test-button'
import { TestPart } from './test-part'

type RepositorySheetProps = { repository: TestedRepository; view: RepositoriesView; mayTest: boolean; testConnection: TestConnection }

export function RepositorySheet({ repository, view, mayTest, testConnection }: RepositorySheetProps) {
  const t = useTranslations('settings')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(10_000)
  const { key, type, runningTest, lastTest, checkedAt } = repository
  const headingId = `repository-${key}`
  const heading = t('heading', { key, name: repositoryName(jobs, repository) })
  const Icon = type === 'posix' || type === 'cifs' ? Server : Cloud
  return (
    <Sheet label={heading}>
      <header className="flex items-start gap-2.5 px-4 pt-3.5 md:px-5 md:pt-4">
        <Icon aria-hidden className="mt-1 size-4 shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <h2 id={headingId} className="text-section first-letter:uppercase">
            {heading}
          </h2>
          <p className="text-meta">{t('asked', { ago: format.ago(checkedAt, now) })}</p>
        </div>
        {mayTest && (
          <TestButton repo={key} isRunning={runningTest !== null} describedBy={headingId} testConnection={testConnection} />
        )}
      </header>
      <div className="grid md:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <RepositoryFacts repository={repository} retention={view.retention} />
        <TestPart test={runningTest ?? lastTest} isWorkerAlive={view.isWorkerAlive} />
      </div>
    </Sheet>
  )
}
