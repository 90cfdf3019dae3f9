import type { useTranslations } from 'use-intl'
import type { Format } from '@/lib/format'
import { startOfDay } from '@/lib/history/rules'
import { selector } from '@/lib/i18n'
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
  const select = (value: string | null) => selector(value ?? 'none')
  return t('empty.noJobs', { kind: select(kind), state: select(status), trigger: select(trigger), text: q ?? 'none' })
}
