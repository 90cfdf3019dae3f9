import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { clockIn } from '@/lib/format/clock'
import type { MomentProblem, MomentRead } from '../typed-moment'

type Told = NonNullable<Extract<MomentRead, { at: string }>['told']>

/** What was read, and what could not be, in words. */
export function useReadWords() {
  const t = useTranslations('picker')
  const { options } = useFormat()
  return {
    problem: (problem: MomentProblem): string => {
      if (problem.code === 'repeated') return t('problems.repeated', { zone: problem.zone })
      if (problem.code !== 'skipped') return t(`problems.${problem.code}`)
      const clock = clockIn({ ...options, timeZone: problem.zone })
      const wall = (at: string) => clock.time(new Date(at), { seconds: true })
      return t('problems.skipped', { zone: problem.zone, before: wall(problem.before), after: wall(problem.after) })
    },
    told: ({ by, order }: Told, zone: string): string => {
      const place = t(`told.${by}`, { zone })
      return order ? t('told.withOrder', { place, order: order === 'day-first' ? 'day' : 'month' }) : place
    },
  }
}
