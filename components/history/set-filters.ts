'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { repositoryName } from '@/components/jobs/words'
import { startOfDay } from '@/lib/history/rules'
import type { History } from '@/lib/history/schema'
import { backupTypeSchema, backupTypes } from '@/lib/jobs/schema'
import type { Filter } from './filter-pick'
import type { SetParams } from './search-params'

type Narrow = (change: Partial<SetParams>) => void

const DAY = 86_400_000
const SPANS = [7, 30, 90] as const

/** What the list of sets can be narrowed by; the repository only where there are several. */
export function useSetFilters(
  { type, repo, by, since }: SetParams,
  { repositories, starters }: History,
  narrow: Narrow,
): Filter[] {
  const t = useTranslations('history.filter')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(DAY / 24)
  const from = since ? startOfDay(since, format.options.timeZone) : null
  const starterName = (name: string) => (name === 'schedule' || name === 'pgbackrest' ? jobs(`starter.${name}`) : name)
  const repository: Filter = {
    name: t('repository'),
    value: repo === null ? null : String(repo),
    items: repositories.map((one) => ({
      value: String(one.key),
      label: jobs('facts.repositoryIs', { key: one.key, name: repositoryName(jobs, one) }),
    })),
    onChange: (next) => narrow({ repo: next === null ? null : Number(next) }),
  }
  return [
    ...(repositories.length > 1 || repo !== null ? [repository] : []),
    {
      name: t('type'),
      value: type,
      items: backupTypes.map((value) => ({ value, label: jobs(`type.${value}`) })),
      onChange: (next) => narrow({ type: next === null ? null : backupTypeSchema.parse(next) }),
    },
    {
      name: t('by'),
      value: by,
      shown: by === null ? undefined : starterName(by),
      items: starters.map((value) => ({ value, label: starterName(value) })),
      onChange: (next) => narrow({ by: next }),
    },
    {
      name: t('since'),
      value: since,
      shown: from ? format.day(from) : undefined,
      items: SPANS.map((days) => ({
        value: format.dayKey(new Date(now.getTime() - days * DAY)),
        label: t('lastDays', { days }),
      })),
      onChange: (next) => narrow({ since: next }),
    },
  ]
}
