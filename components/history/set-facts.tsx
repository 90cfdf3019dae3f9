'use client'

import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { startWords } from '@/components/jobs/words'
import { CopyButton } from '@/components/ui/copy-button'
import { createFormat } from '@/lib/format'
import { starterOf } from '@/lib/history/rules'
import type { SetDetail } from '@/lib/history/schema'

const soft = (chunks: ReactNode) => <span className="text-muted">{chunks}</span>

/** What pgBackRest says of the set, in its own terms. */
export function SetFacts({ set }: { set: SetDetail }) {
  const t = useTranslations('history.panel')
  const format = useFormat()
  const utc = createFormat({ ...format.options, timeZone: 'UTC' })
  const { diffs, incrs } = set.dependents
  return (
    <section>
      <h2 className="mb-2 text-meta font-medium">{t('set')}</h2>
      <dl className="text-compact">
        <Fact name={t('labelName')}>
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{set.label}</span>
          <CopyButton text={set.label} label={t('copyLabel')} className="-my-1 ml-1 align-middle" />
        </Fact>
        <Fact name={t('finished')}>
          {t.rich('finishedIs', {
            local: format.dateTime(set.stoppedAt), zone: format.zone, utc: utc.time(set.stoppedAt, { seconds: true }), soft,
          })}
        </Fact>
        {set.archiveStart && set.archiveStop && (
          <Fact name={t('wal')}>
            <span className="font-mono text-xs [overflow-wrap:anywhere]">
              {t('walRange', { start: set.archiveStart, stop: shortWal(set.archiveStart, set.archiveStop) })}
            </span>
          </Fact>
        )}
        {set.lsnStart && set.lsnStop && (
          <Fact name={t('lsn')}>
            <span className="font-mono text-xs">{t('lsnRange', { start: set.lsnStart, stop: set.lsnStop })}</span>
          </Fact>
        )}
        <Fact name={t('database')}>
          {t('databaseIs', { size: format.bytes(set.databaseSize), error: set.error ? 'yes' : 'no' })}
        </Fact>
        <Fact name={t('job')}>
          <JobFact set={set} />
        </Fact>
        <Fact name={t('needed')}>
          {diffs + incrs === 0
            ? soft(t('neededByNone'))
            : t('neededIs', { diffs, incrs, both: diffs > 0 && incrs > 0 ? 'yes' : 'no' })}
        </Fact>
        {set.keptUntil && (
          <Fact name={t('kept')}>
            {t.rich('keptIs', { date: format.date(set.keptUntil.at), goesWith: set.keptUntil.goesWith ?? 'itself', soft })}
          </Fact>
        )}
      </dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[84px_minmax(0,1fr)] gap-2 py-0.75">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function JobFact({ set }: { set: SetDetail }) {
  const t = useTranslations('history.panel')
  const jobs = useTranslations('jobs')
  if (!set.jobId) return soft(t('noJob', { version: set.backrestVersion }))
  const starter = starterOf(set.start)
  return (
    <>
      <Link href={`/jobs/${set.jobId}` as Route} className="font-medium text-primary-strong hover:underline">
        {set.jobId}
      </Link>{' '}
      {soft(
        t('jobBy', {
          starter,
          name: startWords(jobs, set.start, null).name,
          why: set.start.reason ? 'yes' : 'no',
          reason: set.start.reason ?? '',
        }),
      )}
    </>
  )
}

/** `…EC`: what the last segment does not share with the first, in whole bytes. */
function shortWal(start: string, stop: string): string {
  let shared = 0
  while (shared < stop.length && start.slice(0, shared + 2) === stop.slice(0, shared + 2)) shared += 2
  return shared === 0 || shared >= stop.length ? stop : `…${stop.slice(shared)}`
}
