'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { RestorePoint } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { isLeft } from './target-draft'

const cell = 'px-3 py-2 align-baseline first:pl-4 last:pr-4 md:first:pl-5 md:last:pr-5'

export function PointsSheet({ view }: { view: RestoreView }) {
  const t = useTranslations('restore.points')
  const columns = ['point', 'at', 'by', 'timeline', 'lsn'] as const
  return (
    <Sheet className="pb-2">
      <SheetHeader title={t('title')} note={t('note')} />
      {view.restorePoints.length === 0 ? (
        <p className="px-4 pt-1.5 pb-2.5 text-muted md:px-5">{t('empty')}</p>
      ) : (
        <div
          tabIndex={0}
          role="region"
          aria-label={t('title')}
          className="mt-2.5 max-h-96 overflow-auto focus-visible:-outline-offset-2"
        >
          <table aria-label={t('title')} className="w-full text-left text-compact">
            <thead>
              <tr className="text-meta">
                {columns.map((name) => (
                  <th key={name} scope="col" className={cn(cell, 'font-medium', isWide(name) && 'max-md:hidden')}>
                    {t(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y border-t">
              {view.restorePoints.map((point) => (
                <PointRow key={point.id} point={point} isOnLeftBranch={isLeft(point, view)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Sheet>
  )
}

/** Left out on a phone. */
function isWide(name: string): boolean {
  return name === 'by' || name === 'timeline' || name === 'lsn'
}

function PointRow({ point, isOnLeftBranch }: { point: RestorePoint; isOnLeftBranch: boolean }) {
  const t = useTranslations('restore.points')
  const format = useFormat()
  const now = useNow(60_000)
  return (
    <tr>
      <th scope="row" className={cn(cell, 'font-medium [overflow-wrap:anywhere]')}>
        {point.name}
      </th>
      <td className={cell}>
        {format.moment(point.at, now)} <span className="text-meta max-md:block">{format.ago(point.at, now)}</span>
      </td>
      <td className={cn(cell, 'max-md:hidden')}>{point.by}</td>
      <td className={cn(cell, 'max-md:hidden', isOnLeftBranch && 'text-warn')}>
        {isOnLeftBranch ? t('timelineLeft', { timeline: point.timeline }) : point.timeline}
      </td>
      <td className={cn(cell, 'font-mono text-[12px] max-md:hidden')}>{point.lsn}</td>
    </tr>
  )
}
