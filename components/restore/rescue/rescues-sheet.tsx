'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import type { Rescued } from '@/lib/restore/rehearsal/story/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { jobLink } from '../text-link'
import { UndoHere } from './undo-here'

type RescuesSheetProps = { rescues: Rescued[]; comparedAt: Date; view: RestoreView }

/** What was rescued from this rehearsal so far, each with the way back. */
export function RescuesSheet({ rescues, comparedAt, view }: RescuesSheetProps) {
  const t = useTranslations('rescue.list')
  if (rescues.length === 0) return null
  const isOlder = rescues.some(({ at, undo }) => at > comparedAt || (undo !== null && undo.at > comparedAt))
  return (
    <Sheet className="min-w-0 pb-1.5">
      <SheetHeader title={t('title')} note={isOlder ? t('older') : undefined} />
      <ul className="mt-2 divide-y border-t">
        {rescues.map((rescued) => <RescuedItem key={rescued.jobId} rescued={rescued} view={view} />)}
      </ul>
    </Sheet>
  )
}

type RescuedItemProps = { rescued: Rescued; view: RestoreView }

function RescuedItem({ rescued: { jobId, at, by, chosen, along, names, undo }, view }: RescuedItemProps) {
  const t = useTranslations('rescue.list')
  const format = useFormat()
  const now = useNow(10_000)
  const rest = chosen - names.length
  const more = rest > 0 ? [t(names.length > 0 ? 'more' : 'count', { count: rest })] : []
  const told = new Intl.ListFormat(format.options.locale).format([...names, ...more])
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-2.5 md:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="[overflow-wrap:anywhere]">{t('rows', { count: chosen, names: told, along })}</p>
        <p className="text-compact text-muted">
          {t.rich('by', { name: by, ago: format.ago(at, now), id: jobId, link: jobLink(jobId) })}{' '}
          {undo && t.rich('undone', { name: undo.by, ago: format.ago(undo.at, now), id: undo.jobId, link: jobLink(undo.jobId) })}
        </p>
      </div>
      {!undo && <UndoHere rescue={jobId} view={view} size="sm" names={told} />}
    </li>
  )
}
