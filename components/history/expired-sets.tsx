'use client'

import { useTranslations } from 'use-intl'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { useFormat, useNow } from '@/components/format-provider'
import { startWords } from '@/components/jobs/words'
import { ErrorState } from '@/components/ui/error-state'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { parseSetId } from '@/lib/history/rules'
import type { ExpiredSet, History } from '@/lib/history/schema'
import { useExpiredSets } from './sets-query'

const MINUTE = 60_000

type ExpiredSetsProps = { last: History['lastExpired']; namesRepository: boolean; isOpen: boolean; onToggle: () => void }

/** Sets that are no longer in a repository, on demand. */
export function ExpiredSets({ last, namesRepository, isOpen, onToggle }: ExpiredSetsProps) {
  const t = useTranslations('history.expired')
  const format = useFormat()
  if (!last) return null
  return (
    <>
      <p className="px-0.5 text-meta">
        {t('last', { day: format.day(last.stoppedAt), expiredDay: format.day(last.expiredAt) })}{' '}
        <button
          type="button"
          aria-expanded={isOpen}
          className="font-medium text-primary-strong hover:underline"
          onClick={onToggle}
        >
          {isOpen ? t('hide') : t('show')}
        </button>
      </p>
      {isOpen && (
        <Sheet className="overflow-hidden">
          <SheetHeader title={t('title')} note={t('note')} />
          <ExpiredTable namesRepository={namesRepository} />
        </Sheet>
      )}
    </>
  )
}

function ExpiredTable({ namesRepository }: { namesRepository: boolean }) {
  const t = useTranslations('history')
  const { data: sets, isError, isFetching, refetch } = useExpiredSets(true)
  if (isError && !sets) return <ErrorState title={t('expired.failed')} onRetry={() => void refetch()} busy={isFetching} />
  if (!sets) return <Skeleton className="m-5 w-2/3" />
  return (
    <table aria-label={t('expired.label')} className="mt-2 w-full text-left max-md:block">
      <thead className="max-md:sr-only">
        <tr>
          {[t('table.set'), t('table.finished'), t('expired.expired'), t('table.stored'), t('table.by')].map((name, at) => (
            <th
              key={name}
              scope="col"
              className={`border-b px-3 py-2 text-meta font-medium first:pl-5 ${at === 3 ? 'text-right' : ''}`}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {sets.map((set) => (
          <ExpiredRow key={set.id} set={set} namesRepository={namesRepository} />
        ))}
      </tbody>
    </table>
  )
}

function ExpiredRow({ set, namesRepository }: { set: ExpiredSet; namesRepository: boolean }) {
  const t = useTranslations('history.table')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(MINUTE)
  const cell = 'align-top md:px-3 md:py-2'
  return (
    <tr className="text-muted max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:px-4 max-md:py-2.5">
      <td className={`${cell} md:pl-5`}>
        <TypeGlyph type={set.type} className="mr-2 align-[-3px] text-bar" />
        {jobs(`type.${set.type}`)}
        {namesRepository && <span className="ml-2 text-meta">{t('repository', { key: parseSetId(set.id)?.repoKey ?? 1 })}</span>}
        <span className="block pl-6 font-mono text-meta break-all">{set.label}</span>
      </td>
      <td className={`${cell} max-md:hidden`}>{format.moment(set.stoppedAt, now)}</td>
      <td className={`${cell} max-md:text-right`}>{format.moment(set.expiredAt, now)}</td>
      <td className={`${cell} text-right max-md:hidden`}>{format.bytes(set.stored)}</td>
      <td className={`${cell} max-md:hidden`}>{startWords(jobs, set.start, set.type).name}</td>
    </tr>
  )
}
