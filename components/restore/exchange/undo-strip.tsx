'use client'

import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import type { WayBack } from '@/lib/restore/exchange/schema'
import { useGivesUp } from './gives-up'
import { useNoticeWords } from './notice-words'
import { UndoDialog } from './undo-dialog'
import type { Currency } from './words'

type UndoStripProps = {
  wayBack: WayBack
  stanza: string
  currency: Currency
  isBlocked: boolean
  /** What was done, before what can be done about it */
  lead?: ReactNode
}

/** The way back, with what it gives up; it stands as long as it is open. */
export function UndoStrip({ wayBack, stanza, currency, isBlocked, lead }: UndoStripProps) {
  const t = useTranslations('exchange.done')
  const notice = useNoticeWords()
  const givesUp = useGivesUp({ wayBack, leftAt: wayBack.exchangedAt, currency })
  return (
    <section
      aria-label={t('undo')}
      className={cn(
        'flex flex-wrap items-center gap-x-4 gap-y-3 rounded-sheet border border-then/50 bg-card px-4 py-3.5 shadow-sheet',
        'bg-linear-to-r from-then/6 to-then/6 md:flex-nowrap md:px-5',
      )}
    >
      <Undo2 aria-hidden className="size-5 shrink-0 text-then max-md:hidden" />
      <p className="min-w-0 flex-1 basis-60 text-pretty">
        {lead}{' '}
        <b className="font-semibold">{notice.undoUntil(wayBack)}</b> {givesUp.words}
      </p>
      <UndoDialog kept={wayBack.kept} wayBack={wayBack} stanza={stanza} currency={currency} isBlocked={isBlocked} />
    </section>
  )
}
