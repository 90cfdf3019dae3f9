'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import type { RestoreView } from '@/lib/restore/view/schema'
import { blockedReason } from '../blocked'
import { TextLink } from '../text-link'
import { useNotice } from './exchange-query'
import { useNoticeWords } from './notice-words'
import { UndoStrip } from './undo-strip'

/** The exchange of the shop while it goes on, with the way to watch it; else the way back from the last one, until it ends. */
export function ExchangePart({ view }: { view: RestoreView }) {
  const t = useTranslations('exchange.part')
  const { data: notice } = useNotice()
  const words = useNoticeWords()
  if (notice?.running) {
    return (
      <Sheet label={t('running')} className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3.5 md:px-5">
        <p role="status" className="min-w-0 flex-1 basis-60 font-semibold text-pretty">
          {words.running(notice.running)}
        </p>
        <Button asChild variant="primary">
          <Link href={`/restore/exchange/${notice.running.jobId}` as Route}>{t('watch')}</Link>
        </Button>
      </Sheet>
    )
  }
  const wayBack = notice?.wayBack
  if (!wayBack) return null
  return (
    <UndoStrip
      wayBack={wayBack}
      stanza={view.stanza}
      currency={view.currency}
      isBlocked={blockedReason({ mayDo: true, view }) !== null}
      lead={<TextLink href={`/restore/exchange/${wayBack.jobId}`}>{words.restored(wayBack)}</TextLink>}
    />
  )
}
