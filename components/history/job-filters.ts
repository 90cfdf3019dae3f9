'use client'

import { useTranslations } from 'use-intl'
import { jobKindSchema, jobKinds, jobStatusSchema, jobStatuses, jobTriggerSchema, jobTriggers } from '@/lib/jobs/schema'
import type { Filter } from './filter-pick'
import type { JobParams } from './search-params'

export function useJobFilters({ kind, status, trigger }: JobParams, narrow: (change: Partial<JobParams>) => void): Filter[] {
  const t = useTranslations('history.filter')
  const jobs = useTranslations('jobs')
  return [
    {
      name: t('kind'),
      value: kind,
      items: jobKinds.map((value) => ({ value, label: jobs(`kind.${value}`) })),
      onChange: (next) => narrow({ kind: next === null ? null : jobKindSchema.parse(next) }),
    },
    {
      name: t('state'),
      value: status,
      items: jobStatuses.map((value) => ({ value, label: jobs(`status.${value}`) })),
      onChange: (next) => narrow({ status: next === null ? null : jobStatusSchema.parse(next) }),
    },
    {
      name: t('trigger'),
      value: trigger,
      items: jobTriggers.map((value) => ({ value, label: jobs(`trigger.${value}`) })),
      onChange: (next) => narrow({ trigger: next === null ? null : jobTriggerSchema.parse(next) }),
    },
  ]
}
