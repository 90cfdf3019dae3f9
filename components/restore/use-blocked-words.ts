import { useTranslations } from 'use-intl'
import type { Blocked } from './blocked'

export function useBlockedWords(): (blocked: Blocked | null) => string | null {
  const t = useTranslations('restore.blocked')
  const jobs = useTranslations('jobs')
  return (blocked) => {
    if (!blocked) return null
    if (blocked.code !== 'job') return t(blocked.code)
    const { kind, actorName, id } = blocked.job
    return t('job', { name: actorName, title: jobs(`title.${kind}`, { type: 'full' }), id })
  }
}
