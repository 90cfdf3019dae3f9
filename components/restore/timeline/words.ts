import { useCallback, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { createFormat } from '@/lib/format'
import { selector } from '@/lib/i18n'
import type { Reachability } from '@/lib/restore/calendar/rules'
import type { ShopEvent } from '@/lib/salespider/life/schema'
import type { EventMark, StampOf } from './marks'

type EventKey = 'productCreated' | 'productRepriced' | 'productRestocked' | 'productChanged' | 'productDeleted' | 'productRestored'
  | 'deshelved' | 'userCreated' | 'userChanged' | 'userDeleted' | 'userRestored' | 'other'

/** "Ada deleted Indomie Chicken 70 g" */
export function useEventWords() {
  const t = useTranslations('timeline.event')
  return useCallback(({ kind, who, what }: Pick<ShopEvent, 'kind' | 'who' | 'what'>) => t(selector(kind) as EventKey, { who, what }), [t])
}

/** Of one, or how many stand there */
export function useMarkWords() {
  const t = useTranslations('timeline.event')
  const words = useEventWords()
  return useCallback(({ kind, count, deletions, first }: EventMark) => {
    if (count === 1) return words(first)
    if (deletions === count) return t('more', { words: words(first), count: count - 1 })
    return kind === 'several' && deletions > 0 ? `${t('several', { count })}, ${t('deletions', { count: deletions })}` : t('several', { count })
  }, [t, words])
}

/** Times as the timeline says them: moments to the fraction, where there is one; what happened to the second. */
export function useTimes() {
  const t = useTranslations('timeline.axis')
  const format = useFormat()
  return useMemo(() => {
    const { timeZone } = format.options
    const utc = createFormat({ ...format.options, timeZone: 'UTC' })
    const exact = (at: Date) => ({ seconds: true, millis: at.getUTCMilliseconds() > 0 })
    return {
      zone: timeZone,
      time: (at: Date) => format.time(at, exact(at)),
      second: (at: Date) => format.time(at, { seconds: true }),
      minute: (at: Date) => format.time(at),
      /** Null where the shop's time is UTC */
      utc: (at: Date) => (format.time(at) === utc.time(at) ? null : t('utc', { time: utc.time(at, exact(at)) })),
      weekday: (at: Date) => format.weekday(at),
      day: (at: Date) => t('day', { weekday: format.weekday(at, 'short'), day: format.day(at) }),
      dayYear: (at: Date) => t('dayYear', { weekday: format.weekday(at, 'short'), day: format.day(at), year: format.dayKey(at).slice(0, 4) }),
      dayMinute: (at: Date) => t('dayTime', { day: format.day(at), time: format.time(at) }),
      dayTime: (at: Date) => t('dayTime', { day: format.day(at), time: format.time(at, exact(at)) }),
    }
  }, [format, t])
}

/** When a flag's event was, or those of a group: "14:03:22–14:03:44" */
export function useStampOf(): StampOf {
  const t = useTranslations('timeline.event')
  const { second } = useTimes()
  return useCallback(({ at, to }) => {
    const [first, last] = [second(new Date(at)), second(new Date(to))]
    return first === last ? first : t('span', { first, last })
  }, [t, second])
}

/** Why a moment cannot be restored, within a sentence. */
export function useWhy() {
  const t = useTranslations('timeline.reach')
  const { dayMinute } = useTimes()
  return useCallback((reach: Extract<Reachability, { ok: false }>) => {
    if (reach.code !== 'in-gap') return t(reach.code)
    return reach.from && reach.to ? t('in-gap', { from: dayMinute(reach.from), to: dayMinute(reach.to) }) : t('in-gap-open')
  }, [t, dayMinute])
}
