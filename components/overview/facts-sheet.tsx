'use client'

import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { SizeBars } from '@/components/charts/size-bars'
import { useFormat, useNow } from '@/components/format-provider'
import { spanWords } from '@/components/health/spans'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Check, Overview, SetFact } from '@/lib/health/schema'
import { BACKUPS_ID, setHref } from './evidence-link'
import { Figure } from './figure'
import { useScheduleWords } from './schedule-words'

/** So many bars fit a phone. */
const BARS = 40

/** Three facts side by side: what the newest set is, where the archive stands, what was done last and comes next. */
export function FactsSheet({ overview }: { overview: Overview }) {
  return (
    <Sheet
      as="div"
      className={cn(
        'grid divide-y md:grid-cols-2 xl:grid-cols-[1.2fr_1fr_1.2fr] xl:divide-x xl:divide-y-0',
        'md:max-xl:[&>*:last-child]:col-span-2 md:max-xl:[&>*:nth-child(2)]:border-l',
      )}
    >
      <NewestSet overview={overview} />
      <Archive overview={overview} />
      <Backups overview={overview} />
    </Sheet>
  )
}

type Evidence = { href: string; words: string }

function Fact({ id, title, end, children }: { id?: string; title: string; end?: Evidence | null; children: ReactNode }) {
  return (
    <section id={id} className="flex min-w-0 scroll-mt-24 flex-col px-4 py-3.5 md:px-5 md:py-4">
      <h2 className="flex text-section">
        {title}
        {end && (
          <Link href={end.href as Route} className="ml-auto text-meta leading-5 font-normal hover:underline">
            {end.words}
          </Link>
        )}
      </h2>
      {children}
    </section>
  )
}

function tookOf({ startedAt, stoppedAt }: SetFact): number {
  return stoppedAt.getTime() - startedAt.getTime()
}

function NewestSet({ overview: { newest, cluster, sizes } }: { overview: Overview }) {
  const t = useTranslations('overview.facts')
  const format = useFormat()
  const now = useNow(60_000)
  const bars = sizes.slice(-BARS)
  const database = cluster?.databaseSize
  return (
    <Fact title={t('newest')} end={newest && { href: setHref(newest), words: format.moment(newest.stoppedAt, now) }}>
      <div className="mt-1.5 flex flex-wrap items-baseline gap-x-2.5">
        {newest ? <Figure text={format.bytes(newest.size)} /> : <p className="text-muted">{t('newestNone')}</p>}
        {newest && (
          <span className="text-meta">
            {t('newestMeta', { type: newest.type, duration: format.duration(tookOf(newest)) })}
            {database !== undefined && `, ${t('database', { size: format.bytes(database) })}`}
          </span>
        )}
      </div>
      {bars.length > 1 && (
        <div className="mt-auto pt-4">
          <SizeBars
            label={t('sizesLabel', {
              count: bars.length, smallest: format.bytes(Math.min(...bars)), largest: format.bytes(Math.max(...bars)),
            })}
            sizes={bars}
          />
          <p className="mt-1 text-[12px] leading-4 text-faint">{t('sizes')}</p>
        </div>
      )}
    </Fact>
  )
}

/** Only what the problem itself made so turns red. */
const inks: Record<Check['status'], string> = { ok: '', unknown: '', warn: 'text-warn', fail: 'text-bad' }

function Archive({ overview: { cluster, verdict } }: { overview: Overview }) {
  const t = useTranslations('overview.facts')
  const words = useTranslations('overview')
  const format = useFormat()
  const now = useNow()
  const { archiver, archiveTimeout = 0 } = cluster ?? {}
  const ink = inks[verdict.checks.find(({ id }) => id === 'archive')?.status ?? 'ok']
  return (
    <Fact title={t('archive')}>
      {archiver?.lastArchivedAt ? (
        <div className="mt-1.5 flex flex-wrap items-baseline gap-x-2.5">
          <Figure text={format.duration(Math.max(0, now.getTime() - Date.parse(archiver.lastArchivedAt)))} className={ink} />
          <span className="text-meta">{t('archiveLate')}</span>
        </div>
      ) : (
        <p className="mt-1.5 text-muted">{archiver ? t('archiveNone') : t('unknown')}</p>
      )}
      {archiver && (
        <dl className="mt-auto grid grid-cols-[64px_minmax(0,1fr)] gap-x-2 gap-y-1.5 pt-4 text-compact">
          <dt className="text-muted">{t('segment')}</dt>
          <dd className="truncate font-mono text-[12px]">{archiver.lastArchivedWal ?? t('none')}</dd>
          <dt className="text-muted">{t('waiting')}</dt>
          <dd>{archiver.waiting === 0 ? t('waitingNone') : t('waitingSome', { count: archiver.waiting })}</dd>
          <dt className="text-muted">{t('switches')}</dt>
          <dd>
            {archiveTimeout > 0 ? t('switchesEvery', { span: spanWords(words, archiveTimeout * 1_000) }) : t('switchesNever')}
          </dd>
        </dl>
      )}
    </Fact>
  )
}

function Backups({ overview: { next, newest, newestFull } }: { overview: Overview }) {
  const t = useTranslations('overview.facts')
  const format = useFormat()
  const now = useNow(30_000)
  const schedule = useScheduleWords(next)
  const when = (at: Date) => format.moment(at, now, { inline: true })
  const sizeIn = (set: SetFact) => t('sizeIn', { size: format.bytes(set.size), duration: format.duration(tookOf(set)) })
  return (
    <Fact id={BACKUPS_ID} title={t('backups')} end={{ href: '/history', words: t('history') }}>
      <dl className="mt-2 grid gap-3 md:max-xl:grid-cols-3">
        <Pair name={t('next')} note={next && `${format.until(next.at, now)}, ${schedule}`}>
          {next ? t('nextIs', { type: next.type, when: when(next.at) }) : t('nextNone')}
        </Pair>
        <Pair name={t('last')} note={newest && sizeIn(newest)}>
          {newest ? t('lastIs', { type: newest.type, when: when(newest.stoppedAt) }) : t('none')}
        </Pair>
        <Pair name={t('full')} note={newestFull && sizeIn(newestFull)}>
          {newestFull ? format.moment(newestFull.stoppedAt, now) : t('none')}
        </Pair>
      </dl>
    </Fact>
  )
}

function Pair({ name, note, children }: { name: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-2">
      <dt className="text-muted">{name}</dt>
      <dd>
        {children}
        {note && <span className="block text-meta leading-[18px]">{note}</span>}
      </dd>
    </div>
  )
}
