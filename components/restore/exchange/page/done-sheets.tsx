'use client'

import { useTranslations } from 'use-intl'
import { useNow } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import type { Exchange } from '@/lib/restore/exchange/schema'
import { closedSpan } from '@/lib/restore/exchange/rules'
import { TextLink, jobLink } from '../../text-link'
import { useNotice } from '../exchange-query'
import { Fork } from '../fork'
import { UndoStrip } from '../undo-strip'
import { BehindSheet } from './behind-sheet'
import { FollowedSheet } from './followed-sheet'
import { PhaseChart } from './phase-chart'
import { useDoneWords } from './use-done-words'

/** The way back first, while there is one; then what the shop is now, what followed, and what stayed behind. */
export function DoneSheets({ exchange }: { exchange: Exchange }) {
  const t = useTranslations('exchange.done')
  const { job, wayBack, stanza, currency, isWorkerAlive, point, result } = exchange
  const { data: notice } = useNotice()
  const now = useNow(30_000)
  const isBlocked = !isWorkerAlive || Boolean(notice?.running)
  return (
    <>
      {wayBack && <UndoStrip wayBack={wayBack} stanza={stanza} currency={currency} isBlocked={isBlocked} />}
      <Headline exchange={exchange} />
      {job.kind === 'switch' && point.at && (
        <Sheet as="div" className="px-4 py-4 md:px-5">
          <Fork
            at={point.at}
            left={closedSpan(job.steps)?.from ?? now}
            timeline={result?.timeline}
            keptUntil={result?.kept?.isThere ? result.kept.keepUntil : null}
          />
        </Sheet>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 md:gap-4 lg:grid-cols-2">
        <FollowedSheet exchange={exchange} />
        <BehindSheet exchange={exchange} isBlocked={isBlocked} />
      </div>
      <Sheet>
        <SheetHeader title={t('steps')} />
        <div className="px-4 pt-3 pb-4 md:px-5">
          <PhaseChart job={job} now={job.finishedAt ?? exchange.now} />
        </div>
      </Sheet>
    </>
  )
}

function Headline({ exchange }: { exchange: Exchange }) {
  const t = useTranslations('exchange.done')
  const { job, result, nextId, wayBack } = exchange
  const { rich } = useDoneWords(exchange)
  const label = result?.safetyLabel
  return (
    <div className="py-1">
      <h2 className="text-title font-medium text-pretty">{rich}</h2>
      <p className="mt-1 text-pretty text-muted">
        {t.rich('by', { name: job.actorName, id: job.id, timeline: result?.timeline ?? 'none', link: jobLink(job.id) })}{' '}
        {nextId && t.rich('since', {
          id: nextId, link: (chunks) => <TextLink href={`/restore/exchange/${nextId}`}>{chunks}</TextLink>,
        })}
        {!nextId && job.kind === 'restore-in-place' && (label
          ? t.rich('noUndo', { label, link: (chunks) => <TextLink href={`/history?set=1/${label}`}>{chunks}</TextLink> })
          : t('noUndoNone'))}
        {!nextId && !wayBack && job.kind !== 'restore-in-place' && t('undoOver')}
      </p>
    </div>
  )
}
