'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { JobList } from '@/lib/history/jobs/schema'
import { type JobParams, serializeJobParams } from './search-params'

/** Links to the pages beside this one, filters kept. */
export function JobPages({ params, list }: { params: JobParams; list: JobList }) {
  const t = useTranslations('history.jobTable')
  const { next, previous, searchedTo, jobs } = list
  if (!next && !previous) return null
  return (
    <nav aria-label={t('pages')} className="flex items-center gap-2">
      {previous && (
        <PageLink params={{ ...params, before: null, after: previous }} icon={<ArrowUp aria-hidden />} name={t('newer')} />
      )}
      {next && <PageLink params={{ ...params, before: next, after: null }} icon={<ArrowDown aria-hidden />} name={t('older')} />}
      {searchedTo && jobs.length > 0 && <span className="ml-2 text-meta">{t('searchedTo', { id: searchedTo })}</span>}
    </nav>
  )
}

function PageLink({ params, icon, name }: { params: JobParams; icon: ReactNode; name: string }) {
  return (
    <Button asChild size="sm">
      <Link href={`/history/jobs${serializeJobParams(params)}` as Route}>
        {icon}
        {name}
      </Link>
    </Button>
  )
}
