'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import type { Rehearsal } from '@/lib/restore/schema'
import { jobLink } from './text-link'

/** Where it got to, what it occupies, whose it is and how long it stays. */
export function RehearsalFacts({ rehearsal }: { rehearsal: Rehearsal }) {
  const t = useTranslations('restore.rehearsal')
  const format = useFormat()
  const now = useNow(30_000)
  const { reached, size, actorName, createdAt, jobId, expiresAt } = rehearsal
  const moment = (at: Date) => format.moment(at, now, { inline: true })
  const exactly = (at: Date) => `${format.date(at)} ${format.time(at, { millis: true })}`
  return (
    <dl className="grid gap-x-8 gap-y-3 text-compact md:grid-cols-2 xl:flex xl:flex-wrap">
      {reached && (
        <Cell name={t('reached')} note={t('position', { lsn: reached.lsn, timeline: reached.timeline })}>
          {reached.at ? t('reachedAt', { moment: exactly(new Date(reached.at)) }) : t('reachedNone')}
        </Cell>
      )}
      {size !== null && <Cell name={t('size')}>{format.bytes(size)}</Cell>}
      <Cell name={t('made')} note={jobId && t.rich('job', { id: jobId, link: jobLink(jobId) })}>
        {t('madeIs', { name: actorName, moment: moment(createdAt) })}
      </Cell>
      <Cell name={t('expires')} note={format.until(expiresAt, now)}>
        {moment(expiresAt)}
      </Cell>
    </dl>
  )
}

function Cell({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-meta">{name}</dt>
      <dd className="font-medium">{children}</dd>
      {note && <dd className="text-meta">{note}</dd>}
    </div>
  )
}
