import type { useTranslations } from 'use-intl'
import type { Format } from '@/lib/format'
import { startOfDay } from '@/lib/history/rules'
import type { JobParams, SetParams } from './search-params'

type Words = ReturnType<typeof useTranslations<'history'>>

/** Which sets there are none of, in one sentence. */
export function noSetsWords(
  t: Words,
  { type, repo, by, since, q }: Pick<SetParams, 'type' | 'repo' | 'by' | 'since' | 'q'>,
  format: Format,
): string {
  const from = since ? startOfDay(since, format.options.timeZone) : null
  return t('empty.noSets', {
    type: type ?? 'none',
    repository: repo === null ? 'none' : t('table.repository', { key: repo }),
    by: by ?? 'none',
    since: from ? format.day(from) : 'none',
    text: q ?? 'none',
  })
}

export function noJobsWords(
  t: Words,
  { kind, status, trigger, q }: Pick<JobParams, 'kind' | 'status' | 'trigger' | 'q'>,
): string {
  return t('empty.noJobs', { kind: selector(kind), state: selector(status), trigger: selector(trigger), text: q ?? 'none' })
}

/** A message selects by letters and digits only. */
function selector(value: string | null): string {
  return value?.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) ?? 'none'
}
