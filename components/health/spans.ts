import type { useTranslations } from 'use-intl'

export type OverviewWords = ReturnType<typeof useTranslations<'overview'>>

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A span as it is said in a sentence: "37 seconds", "12 minutes", "26 hours", "3 days". Cut, not rounded. */
export function spanWords(t: OverviewWords, milliseconds: number): string {
  const span = Math.max(0, milliseconds)
  if (span < 2 * MINUTE) return t('span.second', { count: Math.floor(span / SECOND) })
  if (span < 2 * HOUR) return t('span.minute', { count: Math.floor(span / MINUTE) })
  if (span < 3 * DAY) return t('span.hour', { count: Math.floor(span / HOUR) })
  return t('span.day', { count: Math.floor(span / DAY) })
}
