import type { useTranslations } from 'use-intl'
import type { Format } from '@/lib/format'
import { selector } from '@/lib/i18n'
import { type BackupType, type JobKind, type JobPhase, type JobStatus, jobTriggerSchema } from '@/lib/jobs/schema'
import type { Target } from '@/lib/restore/schema'

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

/** The point in the shop's life that a job is about. */
export function targetWords(t: JobWords, target: Target, format: Format, now: Date): string {
  if (target.type !== 'time') return t(`subject.${target.type}`, { label: '', name: '', xid: '', lsn: '', ...target })
  const at = new Date(target.at)
  const time = format.time(at, { seconds: true, millis: at.getUTCMilliseconds() > 0 })
  return format.dayKey(at) === format.dayKey(now) ? t('subject.today', { time }) : t('subject.onDay', { date: format.day(at), time })
}

type Titled = { kind: JobKind; type: BackupType | null; target: Target | null }

/** What a job is, and of which point. */
export function jobTitle(t: JobWords, { kind, type, target }: Titled, format: Format, now: Date): string {
  const title = t(`title.${kind}`, { type: type ?? 'full' })
  return target ? t('titleOf', { title, subject: targetWords(t, target, format, now) }) : title
}

export type Tense = 'past' | 'now' | 'future'

export function phaseWords(t: JobWords, phase: JobPhase, kind: JobKind, tense: Tense): string {
  return t(`steps.phase.${phase}`, { tense, kind: selector(kind) })
}

/** What a cancel keeps and what it cannot stop any more. */
export function cancelWords(t: JobWords, { kind, status }: { kind: JobKind; status: JobStatus }): string {
  if (status === 'QUEUED') return t('cancel.queued')
  switch (kind) {
    case 'backup':
    case 'rehearse':
      return t(`cancel.${kind}`)
    case 'switch':
    case 'undo':
      return t('cancel.switch')
    case 'rescue':
    case 'undo-rescue':
      return t('cancel.rescue')
    case 'restore-in-place':
      return t('cancel.in-place')
    default:
      return t('cancel.other')
  }
}
