'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { KeptCluster } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { blockedReason } from '../blocked'
import { useNotice } from './exchange-query'
import { PurgeDialog } from './purge-dialog'
import { UndoDialog } from './undo-dialog'
import { useTimes } from './words'

const cell = cn(
  'px-3 py-2 align-baseline first:pl-5 last:pr-5',
  'max-lg:block max-lg:px-0 max-lg:py-0 max-lg:first:pl-0 max-lg:last:pr-0',
)

/** Clusters that can still be gone back to, with what they hold. */
export function KeptSheet({ view }: { view: RestoreView }) {
  const t = useTranslations('exchange.kept')
  if (view.kept.length === 0) return null
  return (
    <Sheet className="pb-1">
      <SheetHeader title={t('title')} note={t('note')} />
      <table aria-label={t('title')} className="mt-1.5 w-full text-left text-compact max-lg:block">
        <thead className="max-lg:sr-only">
          <tr className="text-meta">
            {(['left', 'timeline', 'size', 'until', 'unarchived', 'actions'] as const).map((name) => (
              <th key={name} scope="col" className={cn(cell, 'font-medium')}>
                {name === 'actions' ? <span className="sr-only">{t(name)}</span> : t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y border-t max-lg:block">
          {view.kept.map((kept) => (
            <KeptRow key={kept.id} kept={kept} view={view} />
          ))}
        </tbody>
      </table>
    </Sheet>
  )
}

function KeptRow({ kept, view }: { kept: KeptCluster; view: RestoreView }) {
  const t = useTranslations('exchange.kept')
  const format = useFormat()
  const now = useNow(60_000)
  const { moment, until } = useTimes()
  const named = (name: 'timeline' | 'size' | 'until' | 'unarchived') => <span className="text-muted lg:hidden">{t(name)}: </span>
  return (
    <tr className="max-lg:grid max-lg:gap-1 max-lg:px-4 max-lg:py-3 max-lg:md:px-5">
      <td className={cn(cell, 'font-medium')}>
        {t(`leftBy.${kept.leftBy}`)}, {moment(kept.leftAt)}
      </td>
      <td className={cell}>
        {named('timeline')}
        {kept.timeline}
      </td>
      <td className={cell}>
        {named('size')}
        {format.bytes(kept.size)}
      </td>
      <td className={cell}>
        {named('until')}
        {until(kept.keepUntil)} <span className="text-muted">{format.until(kept.keepUntil, now)}</span>
      </td>
      <td className={cn(cell, kept.unarchived > 0 && 'text-warn')}>
        {named('unarchived')}
        {kept.unarchived === 0 ? t('allArchived') : format.count(kept.unarchived)}
      </td>
      <td className={cn(cell, 'max-lg:pt-1.5')}>
        <KeptActions kept={kept} view={view} />
      </td>
    </tr>
  )
}

/** The way back from the last exchange stands at the top of the page already. */
function KeptActions({ kept, view }: { kept: KeptCluster; view: RestoreView }) {
  const { data: notice } = useNotice()
  const wayBack = notice?.wayBack?.kept.id === kept.id ? notice.wayBack : null
  const isBlocked = blockedReason({ mayDo: true, view }) !== null
  return (
    <div className="flex items-start gap-2 lg:justify-end">
      {!wayBack && <UndoDialog kept={kept} wayBack={null} stanza={view.stanza} currency={view.currency} isBlocked={isBlocked} />}
      <PurgeDialog kept={kept} wayBack={wayBack} isBlocked={isBlocked} />
    </div>
  )
}
