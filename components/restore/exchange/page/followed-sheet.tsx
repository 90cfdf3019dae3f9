'use client'

import { Ban, Check, LoaderCircle, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { closedSpan } from '@/lib/restore/exchange/rules'
import type { Exchange, ExchangeBackup } from '@/lib/restore/exchange/schema'
import { jobLink } from '../../text-link'
import { useTimes } from '../words'

/** What came after the shop was open again. */
export function FollowedSheet({ exchange: { job, result, backups } }: { exchange: Exchange }) {
  const t = useTranslations('exchange.done')
  const { clock } = useTimes()
  const { locale } = useFormat().options
  const answered = closedSpan(job.steps)?.to
  const archived = job.steps.find(({ phase }) => phase === 'archive')?.endedAt
  const carried = result?.carried ?? []
  const ok = <Check aria-hidden className="size-4 text-ok" />
  return (
    <Sheet>
      <SheetHeader title={t('going')} />
      <ul className="divide-y px-4 pt-1 pb-1.5 md:px-5">
        {answered && <Line icon={ok} end={clock(answered)}>{t('answer')}</Line>}
        {archived && <Line icon={ok} end={clock(archived)}>{t('archived', { timeline: result?.timeline ?? 'none' })}</Line>}
        {carried.length > 0 && <Line icon={ok}>{t('carried', { names: new Intl.ListFormat(locale).format(carried) })}</Line>}
        {backups.map((backup) => <Backup key={backup.id} backup={backup} />)}
        {backups.length === 0 && <Line icon={<Ban aria-hidden className="size-4 text-muted" />}>{t('noBackup')}</Line>}
      </ul>
    </Sheet>
  )
}

function Line({ icon, end, children }: { icon: ReactNode; end?: ReactNode; children: ReactNode }) {
  return (
    <li className="grid min-h-11 grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-3 py-1.5">
      {icon}
      <span className="text-pretty [overflow-wrap:anywhere]">{children}</span>
      {end && <span className="text-right text-muted">{end}</span>}
    </li>
  )
}

const icons = {
  QUEUED: <i aria-hidden className="mx-auto size-1.5 rounded-full bg-bar" />,
  RUNNING: <LoaderCircle aria-hidden className="size-4 animate-spin text-run motion-reduce:animate-none" />,
  SUCCEEDED: <Check aria-hidden className="size-4 text-ok" />,
  FAILED: <X aria-hidden className="size-4 text-bad" />,
  CANCELLED: <Ban aria-hidden className="size-4 text-muted" />,
}

function Backup({ backup: { id, type, status, percent, secondsLeft } }: { backup: ExchangeBackup }) {
  const t = useTranslations('exchange.done')
  const format = useFormat()
  const state = t(`backupState.${status}`, {
    percent: percent === null ? 'none' : format.percent(percent),
    left: secondsLeft === null ? 'none' : format.duration(secondsLeft * 1_000),
  })
  return (
    <Line icon={icons[status]} end={state}>
      {t.rich('backupIs', { type, id, link: jobLink(id) })}
      {status === 'RUNNING' && <ProgressBar label={state} value={percent ?? undefined} className="mt-1.5" />}
    </Line>
  )
}
