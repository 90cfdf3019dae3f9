'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { useFormat, useNow } from '@/components/format-provider'
import { repositoryName } from '@/components/jobs/words'
import type { SetDetail } from '@/lib/history/schema'

type Link = SetDetail['chain'][number]
/** A longer chain is told by both its ends. */
const MOST_LINKS = 8
const MINUTE = 60_000

/** Every set a restore of this one reads, and what that comes to. */
export function RestorePart({ set }: { set: SetDetail }) {
  const t = useTranslations('history.panel')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const { chain, missing, reads, repository } = set
  const isLong = chain.length > MOST_LINKS
  const head = isLong ? chain.slice(0, 2) : chain
  const tail = isLong ? chain.slice(-MOST_LINKS + 3) : []
  return (
    <section>
      <h2 className="mb-2 text-meta font-medium">{t('restore')}</h2>
      <ol className="text-compact">
        {head.map((link) => (
          <LinkItem key={link.id} link={link} isSelf={link.id === set.id} />
        ))}
        {isLong && (
          <li className="py-0.75 pl-6 text-muted">{t('between', { count: chain.length - head.length - tail.length })}</li>
        )}
        {tail.map((link) => (
          <LinkItem key={link.id} link={link} isSelf={link.id === set.id} />
        ))}
      </ol>
      {missing.length > 0 ? (
        <p className="mt-1.5 border-t pt-2 text-compact text-bad">
          {t('chainBroken', { count: missing.length, label: missing[0] ?? '' })}
        </p>
      ) : (
        <p className="mt-1.5 flex flex-wrap gap-x-4 border-t pt-2 text-compact text-muted">
          {t(reads.exact ? 'reads' : 'readsAtMost', {
            size: format.bytes(reads.bytes),
            database: format.bytes(set.databaseSize),
            repository: repositoryName(jobs, repository),
          })}
          <Link href={`/restore?set=${set.id}` as Route} className="ml-auto font-medium text-primary-strong hover:underline">
            {t('toRestore')}
          </Link>
        </p>
      )}
    </section>
  )
}

function LinkItem({ link, isSelf }: { link: Link; isSelf: boolean }) {
  const t = useTranslations('history.panel')
  const format = useFormat()
  const now = useNow(MINUTE)
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-2 py-0.75">
      <TypeGlyph type={link.type} className="text-bar-strong" />
      {isSelf ? (
        <b className="font-medium">{t('self')}</b>
      ) : (
        <span>{t('link', { type: link.type, moment: format.moment(link.stoppedAt, now, { inline: true }) })}</span>
      )}
      <span className="text-muted">{format.bytes(link.stored)}</span>
    </li>
  )
}
