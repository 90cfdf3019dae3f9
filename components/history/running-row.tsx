'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { useFormat, useNow } from '@/components/format-provider'
import { startWords } from '@/components/jobs/words'
import { ProgressBar } from '@/components/ui/progress-bar'
import { cn } from '@/lib/cn'
import type { JobRow } from '@/lib/history/schema'
import { Graph, indent } from './graph'
import type { Rail } from './rails'
import { RowCells, cellClasses, rowClasses } from './row-cells'

/** A backup that runs, where its set will stand. */
export function RunningRow({ row, rails }: { row: JobRow; rails: readonly Rail[] }) {
  const t = useTranslations('history')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow()
  const { style, row: rowIndent, cell } = indent(row.lane)
  const left = useLeft(row)
  return (
    <tr style={style} className={cn(rowClasses, rowIndent)}>
      <td className={cn(cellClasses, 'lg:relative lg:pl-5')}>
        <Graph
          rails={rails}
          lane={row.lane}
          node={<TypeGlyph type={row.type} className={row.lost ? 'text-warn' : 'text-run'} />}
        />
        <div className={cell}>
          <Link href={`/jobs/${row.jobId}` as Route} className={cn('hover:underline', row.lane === 0 && 'font-semibold')}>
            {jobs(`type.${row.type}`)}
          </Link>
          <span className={cn('ml-2 text-meta', row.lost ? 'text-warn' : 'text-run')}>
            {row.lost ? t('state.lost') : t('table.running')}
          </span>
          <span className="block truncate font-mono text-meta max-lg:hidden">{t('table.jobNumber', { id: row.jobId })}</span>
        </div>
      </td>
      <RowCells
        finished={<Progress row={row} left={left} />}
        age={left}
        took={format.duration(now.getTime() - row.startedAt.getTime())}
        stored={
          row.bytesDone !== null && <span className="text-muted">{t('table.read', { size: format.bytes(row.bytesDone) })}</span>
        }
        who={startWords(jobs, row.start, row.type)}
        state={row.lost ? t('state.lostNote') : ''}
      />
    </tr>
  )
}

function Progress({ row, left }: { row: JobRow; left: string }) {
  const t = useTranslations('history.table')
  const label = t('progress', { type: row.type, id: row.jobId })
  return (
    <>
      <ProgressBar label={label} value={row.percent ?? undefined} className="my-[7px] w-30" />
      <span className="block text-meta lg:hidden">{left}</span>
    </>
  )
}

/** How far it is, and how long it will still take. */
function useLeft({ percent, secondsLeft }: JobRow): string {
  const t = useTranslations('history.table')
  const format = useFormat()
  if (percent === null) return t('starting')
  const done = format.percent(percent)
  return secondsLeft === null ? done : t('percentLeft', { percent: done, left: format.duration(secondsLeft * 1000) })
}
