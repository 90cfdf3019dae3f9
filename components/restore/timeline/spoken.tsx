import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { type Reachability } from '@/lib/restore/calendar/rules'
import { useSettled } from '../use-settled'
import { useTimes, useWhy } from './words'

const KEYS_MS = 400

/** The moment in words, as the slider says it: "Saturday 22 Nov, 14:03:21, reachable, 37 sales after it". */
export function useSpoken(at: Date | null, reach: Reachability | null, salesSince: number | null): string {
  const t = useTranslations('timeline.spoken')
  const format = useFormat()
  const times = useTimes()
  const why = useWhy()
  if (!at || !reach) return t('none')
  const values = { weekday: times.weekday(at), day: format.day(at), time: times.time(at) }
  if (!reach.ok) return t('unreachable', { ...values, why: why(reach) })
  const moment = t('reachable', values)
  return salesSince === null ? moment : t('since', { moment, count: salesSince })
}

/** Repeats what the last keys led to once they rest. Silent until something was pressed. */
export function SpokenStatus({ words, presses }: { words: string; presses: number }) {
  const settled = useSettled(presses, KEYS_MS)
  return (
    <p role="status" className="sr-only">
      {settled > 0 && settled === presses ? words : ''}
    </p>
  )
}
