'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import type { Comparison, Gone, GoneRow } from '@/lib/restore/comparison/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { choiceId } from '../rescue/choice'
import { RescueButton } from '../rescue/rescue-button'
import { kindOf, useGoneWords } from './gone-words'
import type { Selection } from './selection'

type RescueWayProps = { comparison: Comparison; gone: Gone; selection: Selection; view: RestoreView }

/** Back into the running shop, one by one: nothing that was done since is given up. */
export function RescueWay({ comparison, gone, selection, view }: RescueWayProps) {
  const t = useTranslations('rehearsal.rescue')
  const { nameOf } = useGoneWords(view)
  const { rows, isComplete } = gone
  const names = new Map(rows.map((row) => [choiceId(row), nameOf(row)]))
  const kept = comparison.shop ? comparison.shop.lostSales.count : 0
  return (
    <section aria-labelledby="rescue-way" className="flex min-w-0 flex-col px-4 pt-4 pb-5 md:px-6 md:pt-5">
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <h2 id="rescue-way" className="text-base font-semibold tracking-[-0.01em]">
          {t(isComplete ? 'title' : 'titleSome', { count: rows.length })}
        </h2>
        <span className="rounded-full bg-back/13 px-2 py-0.5 text-meta font-medium text-back-ink">{t('nothingLost')}</span>
      </div>
      <p className="mt-1 text-pretty text-muted">{t(isComplete ? 'all' : 'some', { count: rows.length, kind: kindOf(rows) })}</p>
      <ul className="mt-3.5 max-h-[26rem] divide-y overflow-y-auto border-y">
        {rows.map((row) => (
          <GoneItem key={choiceId(row)} row={row} selection={selection} view={view} />
        ))}
      </ul>
      <div className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-2.5 pt-4.5">
        <RescueButton rows={selection.chosen} names={names} view={view} />
        <p className="min-w-0 flex-1 basis-56 text-compact text-pretty text-muted">{t('keeps', { count: kept, sales: kept > 0 ? 'some' : 'none' })}</p>
      </div>
    </section>
  )
}

function GoneItem({ row, selection, view }: { row: GoneRow; selection: Selection; view: RestoreView }) {
  const { nameOf, factsOf, deletedOf } = useGoneWords(view)
  return (
    <li>
      <label className="grid min-h-10 cursor-pointer grid-cols-[20px_minmax(0,1fr)_auto] items-center gap-x-3 py-2 hover:bg-hover md:grid-cols-[20px_minmax(0,1fr)_auto_auto]">
        <input
          type="checkbox" checked={selection.has(row)} onChange={(event) => selection.set(row, event.target.checked)}
          className="size-4 accent-primary-ground"
        />
        <span className="[overflow-wrap:anywhere]">{nameOf(row)}</span>
        <span className="text-right text-compact text-muted">{factsOf(row)}</span>
        <span className="text-compact text-muted max-md:col-start-2">{deletedOf(row)}</span>
      </label>
    </li>
  )
}

/** Where a switch comes first: that single rows can come back as well. */
export function RescueLink({ gone, onOpen }: { gone: Gone; onOpen: () => void }) {
  const t = useTranslations('rehearsal.rescue')
  const format = useFormat()
  if (gone.rows.length === 0) return null
  return (
    <p className="text-compact text-pretty text-muted">
      {t(gone.isComplete ? 'linkAll' : 'linkSome', { count: format.count(gone.rows.length) })}{' '}
      <button type="button" onClick={onOpen} className="font-medium text-primary-strong hover:underline">
        {t('link')}
      </button>
    </p>
  )
}
