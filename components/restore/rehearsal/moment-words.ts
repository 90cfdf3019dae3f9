import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import type { Rehearsal } from '@/lib/restore/schema'
import { usePoint } from '../use-point'

/** The moment it shows, as far as it is one: of a backup or a transaction the last that was committed. */
export function momentOf({ plan, target, reached }: Pick<Rehearsal, 'plan' | 'target' | 'reached'>): Date | null {
  const at = target.type === 'time' ? target.at : (plan.time ?? reached?.at)
  return at ? new Date(at) : null
}

/** "14:03:21" of today, else "21 Nov 14:03:21"; what is no moment by its name. */
export function usePointWords(): (rehearsal: Pick<Rehearsal, 'plan' | 'target' | 'reached'>) => string {
  const point = usePoint()
  const moment = useMomentText()
  return (rehearsal) => {
    const at = momentOf(rehearsal)
    return at && rehearsal.target.type !== 'set' && rehearsal.target.type !== 'name' ? moment(at, { millis: true }) : point(rehearsal.target)
  }
}

/** To the second; with `millis` finer where it is. */
export function useMomentText(): (at: Date, detail?: { millis?: boolean }) => string {
  const format = useFormat()
  const now = useNow(60_000)
  return (at, { millis = false } = {}) => {
    const time = format.time(at, { seconds: true, millis: millis && at.getUTCMilliseconds() > 0 })
    return format.dayKey(at) === format.dayKey(now) ? time : `${format.day(at)} ${time}`
  }
}

/** "today", "yesterday", "Saturday", "15 Nov". */
export function useDayWords(): (at: Date) => string {
  const t = useTranslations('rehearsal.day')
  const format = useFormat()
  const now = useNow(60_000)
  return (at) => {
    const days = Math.round((Date.parse(format.dayKey(now)) - Date.parse(format.dayKey(at))) / 86_400_000)
    if (days === 0 || days === 1) return t(days === 0 ? 'today' : 'yesterday')
    return days > 1 && days < 7 ? format.weekday(at) : format.day(at)
  }
}
