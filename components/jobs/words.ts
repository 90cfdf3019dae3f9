import type { useTranslations } from 'use-intl'
import { type BackupType, jobTriggerSchema } from '@/lib/jobs/schema'

export type JobWords = ReturnType<typeof useTranslations<'jobs'>>
type Started = { trigger: string | null; by: string | null; reason: string | null }

/** Who started it, and beneath that why or how. */
export function startWords(
  t: JobWords,
  { trigger, by, reason }: Started,
  type: BackupType | null,
): { name: string; note: string } {
  const known = jobTriggerSchema.safeParse(trigger).data
  if (known === 'schedule') return { name: t('starter.schedule'), note: reason ?? (type ? t('starter.scheduled', { type }) : '') }
  if (known === 'catch-up') return { name: t('starter.schedule'), note: reason ?? t('starter.catch-up') }
  if (!by) return { name: t('starter.pgbackrest'), note: reason ?? t('starter.outside') }
  return { name: by, note: reason ?? (known ? t(`starter.${known}`) : '') }
}

const namedTypes = ['posix', 'cifs', 'sftp', 's3', 'azure', 'gcs'] as const

/** A repository as people say it: by where it is. */
export function repositoryName(t: JobWords, { key, type }: { key: number; type: string }): string {
  const named = namedTypes.find((name) => name === type)
  return named ? t(`repository.${named}`) : t('repository.other', { key })
}
