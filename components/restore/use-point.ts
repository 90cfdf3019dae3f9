import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { targetWords } from '@/components/jobs/words'
import type { Target } from '@/lib/restore/schema'

/** A target in words: "today 14:03:21", "backup 20261122-010003F". */
export function usePoint(): (target: Target) => string {
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(60_000)
  return (target) => targetWords(jobs, target, format, now)
}
