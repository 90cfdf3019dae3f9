import { useTranslations } from 'use-intl'
import { selector } from '@/lib/i18n'
import type { Notice, WayBack } from '@/lib/restore/exchange/schema'
import { usePointWords, useTimes } from './words'

/** That the shop is being exchanged, or was, in one sentence; `restoredShort` where there is no room for it. */
export function useNoticeWords() {
  const t = useTranslations('exchange.banner')
  const point = usePointWords()
  const { moment, until, day } = useTimes()
  const values = (wayBack: WayBack) => ({
    point: point(wayBack.point), moment: moment(wayBack.exchangedAt),
    until: until(wayBack.kept.keepUntil), day: day(wayBack.kept.keepUntil),
  })
  return {
    running: ({ kind, actorName, point: to }: NonNullable<Notice['running']>) =>
      t('running', { kind: selector(kind), name: actorName, point: point(to) }),
    restored: (wayBack: WayBack) => t(`${wayBack.kind}Done`, values(wayBack)),
    undoUntil: (wayBack: WayBack) => t(`${wayBack.kind}Until`, values(wayBack)),
    restoredShort: (wayBack: WayBack) => t(`${wayBack.kind}Short`, values(wayBack)),
  }
}
