import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import type { Outlook } from '@/lib/restore/exchange/schema'
import { useDowntimeWords, useTimes } from './words'

const DAY = 86_400_000

/** What a switch or an undo does, in words; as far as the outlook is there. */
export function useExchangeSteps(kind: 'switch' | 'undo') {
  const t = useTranslations('exchange')
  const format = useFormat()
  const now = useNow(60_000)
  const downtime = useDowntimeWords()
  const { day } = useTimes()
  return (outlook: Outlook | undefined) => {
    const known = outlook ? downtime(outlook.downtimes) : null
    const until = outlook?.keepDays ? day(new Date(now.getTime() + outlook.keepDays * DAY)) : 'none'
    const size = outlook?.size ? format.bytes(outlook.size) : 'none'
    return [
      { words: t(`${kind}.step.open`) },
      { words: t(`${kind}.step.exchange`), note: known && t('dialog.measured', known) },
      { words: t(`${kind}.step.kept`, { until, size }) },
      { words: t(`${kind}.step.archive`), note: null },
    ]
  }
}
