'use client'

import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { ITEMS, isRescuable } from '@/lib/restore/comparison/rules'
import type { Comparison, TableDifference } from '@/lib/restore/comparison/schema'
import type { RehearsalStory } from '@/lib/restore/rehearsal/story/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { ClusterJob, RestoreView } from '@/lib/restore/view/schema'
import { RescueHost } from '../rescue/rescue-host'
import { RescuesSheet } from '../rescue/rescues-sheet'
import { useCompareAfter } from '../rescue/use-compare-after'
import { useComparison } from '../restore-query'
import { jobLink } from '../text-link'
import { FirstComparison } from './first-comparison'
import { RehearsalHead } from './head'
import { momentOf } from './moment-words'
import { MoveSheet } from './move-sheet'
import { OtherDifferences } from './other-differences'
import { ProofsSheet } from './proofs-sheet'
import { useGone } from './queries'
import { RowsSheet } from './rows-sheet'
import { useSelection } from './selection'
import { TableDifferences, tableId } from './table-differences'
import { CompareAgain, ThenAndNow } from './then-and-now'
import { Ways } from './ways'

type ReadyProps = { rehearsal: Rehearsal; story: RehearsalStory; view: RestoreView }

/** An open rehearsal: the two ways back first, then what they are to be judged by. */
export function ReadyRehearsal({ rehearsal, story, view }: ReadyProps) {
  const { data, isError } = useComparison(rehearsal)
  // One that cannot be read must not take the last one away.
  const [last, setLast] = useState<Comparison | null>(null)
  if (data && data !== last) setLast(data)
  const comparison = rehearsal.comparedAt ? last : null
  const comparing = view.jobs.find(({ kind }) => kind === 'compare')
  const moment = momentOf(rehearsal)
  return (
    <RescueHost rehearsal={rehearsal} view={view}>
      <RehearsalHead rehearsal={rehearsal} story={story} view={view} />
      {comparing && <Comparing job={comparing} isFirst={!comparison} />}
      {!comparison && !comparing && <Uncompared rehearsal={rehearsal} isError={isError} view={view} />}
      {comparison && <WaysOf rehearsal={rehearsal} comparison={comparison} story={story} comparing={comparing} moment={moment} view={view} />}
      {!comparison && moment && <MoveSheet key={moment.getTime()} rehearsal={rehearsal} moment={moment} view={view} />}
    </RescueHost>
  )
}

type ComparedProps = ReadyProps & { comparison: Comparison; comparing: ClusterJob | undefined; moment: Date | null }

function WaysOf({ rehearsal, comparison, story, comparing, moment, view }: ComparedProps) {
  const { data: gone } = useGone(rehearsal.id, comparison.comparedAt)
  const selection = useSelection(gone)
  useCompareAfter(rehearsal.id, story.rescues, new Date(comparison.comparedAt))
  return (
    <>
      <Ways rehearsal={rehearsal} comparison={comparison} gone={gone} selection={selection} view={view} />
      <RescuesSheet rescues={story.rescues} comparedAt={new Date(comparison.comparedAt)} view={view} />
      {moment && <MoveSheet key={moment.getTime()} rehearsal={rehearsal} moment={moment} view={view} />}
      <Differences rehearsal={rehearsal} comparison={comparison} selection={selection} view={view} />
      <ProofsSheet rehearsal={rehearsal} comparison={comparison} isChecking={comparing !== undefined} />
      <OtherDifferences comparison={comparison} />
    </>
  )
}

type DifferencesProps = Pick<ComparedProps, 'rehearsal' | 'comparison' | 'view'> & { selection: ReturnType<typeof useSelection> }

/** Figures and tables side by side; the table that is open shows its rows beneath. */
function Differences({ rehearsal, comparison, selection, view }: DifferencesProps) {
  const rowsId = useId()
  const { shop, tables } = comparison
  const [open, setOpen] = useState<string | null | undefined>(undefined)
  const first = firstTable(tables)
  const table = open === undefined ? first : tables.find((one) => tableId(one) === open)
  return (
    <>
      <div className={shop ? 'grid gap-3 md:gap-4 xl:grid-cols-[minmax(0,1fr)_24.5rem]' : 'contents'}>
        {shop ? <ThenAndNow rehearsal={rehearsal} comparison={comparison} shop={shop} view={view} /> : <NoShop rehearsal={rehearsal} comparison={comparison} view={view} />}
        <TableDifferences comparison={comparison} open={table ? tableId(table) : null} rowsId={rowsId} onOpen={setOpen} />
      </div>
      {table && (
        <RowsSheet
          key={tableId(table)} id={rowsId} table={table} rehearsal={rehearsal} comparison={comparison} selection={selection}
          currency={view.currency}
        />
      )}
    </>
  )
}

/** What comes back is looked at first, and of that what stands for itself: a sold item comes with its sale. */
function firstTable(tables: Comparison['tables']): TableDifference | undefined {
  const shown = tables.filter(({ samples }) => samples > 0)
  const returning = shown.filter((table) => table.returns > 0 && isRescuable(table))
  return returning.find(({ name }) => name !== ITEMS) ?? returning[0] ?? shown.find(({ name }) => name !== ITEMS) ?? shown[0]
}

function NoShop({ rehearsal, comparison, view }: Pick<ComparedProps, 'rehearsal' | 'comparison' | 'view'>) {
  const t = useTranslations('rehearsal.numbers')
  return (
    <Sheet as="div" className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3.5 md:px-5">
      <p className="min-w-0 flex-1 basis-80 text-pretty text-warn">{t('noShop', { why: comparison.unread.includes('shop') ? 'unread' : 'unknown' })}</p>
      <CompareAgain rehearsal={rehearsal} comparison={comparison} view={view} />
    </Sheet>
  )
}

function Comparing({ job, isFirst }: { job: ClusterJob; isFirst: boolean }) {
  const t = useTranslations('rehearsal.comparing')
  const words = useTranslations('rehearsal.progress')
  const format = useFormat()
  const isChecking = job.phase === 'integrity'
  return (
    <Sheet as="div" className="grid gap-2 px-4 py-3.5 md:px-5">
      <p role="status" className="flex flex-wrap gap-x-4">
        <span className="font-medium">{t(isChecking ? 'checking' : 'title')}</span>
        {job.percent !== null && !isChecking && <span className="text-muted">{t('tables', { percent: format.percent(job.percent) })}</span>}
        <span className="text-compact text-muted md:ml-auto">{words.rich('job', { id: job.id, link: jobLink(job.id) })}</span>
      </p>
      <ProgressBar label={t('title')} value={isChecking ? undefined : (job.percent ?? undefined)} />
      {isFirst && <WaysSkeleton />}
    </Sheet>
  )
}

function WaysSkeleton() {
  return (
    <div aria-hidden className="mt-3 grid gap-6 md:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
      {[5, 4].map((lines) => (
        <div key={lines} className="grid content-start gap-4">
          {Array.from({ length: lines }, (_, line) => <Skeleton key={line} className={line % 2 ? 'w-3/5' : 'w-4/5'} />)}
        </div>
      ))}
    </div>
  )
}

function Uncompared({ rehearsal, isError, view }: { rehearsal: Rehearsal; isError: boolean; view: RestoreView }) {
  const t = useTranslations('rehearsal.comparing')
  const comparedAt = rehearsal.comparedAt
  return (
    <Sheet as="div" className="px-4 py-3.5 md:px-5">
      <p role="status" className="text-pretty text-muted">{t(isError ? 'unread' : comparedAt ? 'reading' : 'none')}</p>
      {!comparedAt && <FirstComparison rehearsal={rehearsal} view={view} />}
    </Sheet>
  )
}
