import { createTranslator } from 'use-intl/core'
import failures from '@/messages/en/failures.json'
import { LOCALE } from '@/lib/i18n'
import type { JobFailure } from '@/lib/jobs/schema'

/** A failure in the dashboard's own words: what happened, what it means, what to do, pgBackRest's words last. */
export function failureText({ code, detail, params }: JobFailure): string {
  const t = createTranslator({ locale: LOCALE, messages: failures })
  const entry: { title: string; meaning: Record<string, string>; steps: Record<string, string> } = failures[code]
  const words = (key: string) => t(key as Parameters<typeof t>[0], params)
  const lines = [
    words(`${code}.title`),
    ...Object.keys(entry.meaning).map((n) => `  ${words(`${code}.meaning.${n}`)}`),
    ...Object.keys(entry.steps).map((n) => `  ${n}. ${words(`${code}.steps.${n}`)}`),
  ]
  return [...lines, ...(detail ? [`  ${detail}`] : [])].join('\n')
}
