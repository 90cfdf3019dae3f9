'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button, type ButtonProps } from '@/components/ui/button'
import { Dialog, DialogContent, DialogDescription, DialogTitle, DialogTrigger } from '@/components/ui/dialog'
import type { ActionResult } from '@/lib/action'
import { exclusiveKinds } from '@/lib/jobs/rules'
import type { Outlook } from '@/lib/restore/exchange/schema'
import { blockerOf } from '@/lib/restore/request/rules'
import { type Confirmation, useAccess } from '../access'
import { jobLink } from '../text-link'
import { type BackupAnswer, BackupChoice } from './backup-choice'
import { ConfirmForm } from './confirm-form'
import { useOutlook } from './exchange-query'
import { useDowntimeWords } from './words'

type ConfirmDialogProps = {
  /** The button that opens it */
  trigger: Pick<ButtonProps, 'variant' | 'size' | 'disabled' | 'aria-label' | 'className'> & { label: string }
  title: string
  /** `closes`: for how long the shop does; empty until that was read */
  text: (closes: string) => string
  confirmLabel: string
  stanza: string
  act: (confirmation: Confirmation) => Promise<ActionResult<{ jobId: string }>>
  /** What there is to know, once the dialog is open */
  children: (outlook: Outlook | undefined) => ReactNode
}

/** Before the shop is exchanged: everything that matters, then the stanza's name and the person's own password. */
export function ConfirmDialog({ trigger: { label, ...trigger }, ...rest }: ConfirmDialogProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button {...trigger}>{label}</Button>
      </DialogTrigger>
      <DialogContent
        className="md:w-[40rem] md:px-7 md:py-6"
        // Read from its beginning, and not from the first field, which stands at its end.
        onOpenAutoFocus={(event) => {
          event.preventDefault()
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
        }}
      >
        <Confirmed {...rest} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

type ConfirmedProps = Omit<ConfirmDialogProps, 'trigger'> & { onDone: () => void }

function Confirmed({ title, text, children, act, onDone, ...form }: ConfirmedProps) {
  const { actions } = useAccess()
  const router = useRouter()
  const { data: outlook } = useOutlook(true)
  const [answer, setAnswer] = useState<BackupAnswer>('wait')
  const closes = useClosesWords(outlook)
  const backup = outlook?.runningBackup ?? null

  async function confirm(confirmation: Confirmation) {
    const result = await act(confirmation)
    if (!result.ok) return result
    // The exchange waits for it in any case: a backup that ended by itself, or cannot be cancelled, is no reason to stop here.
    if (backup && answer === 'cancel') await actions.cancelJob({ jobId: backup.id }).catch(() => null)
    router.push(`/restore/exchange/${result.data.jobId}` as Route)
    return result
  }

  return (
    <>
      <DialogTitle className="text-title">{title}</DialogTitle>
      <DialogDescription className="text-pretty">{text(closes)}</DialogDescription>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-4">
        {children(outlook)}
        {backup && <BackupChoice backup={backup} value={answer} onChange={setAnswer} />}
        <Blocker outlook={outlook} />
      </div>
      <ConfirmForm {...form} act={confirm} onDone={onDone} isBlocked={isBlocked(outlook)} />
    </>
  )
}

function useClosesWords(outlook: Outlook | undefined): string {
  const t = useTranslations('exchange.dialog')
  const words = useDowntimeWords()
  if (!outlook) return ''
  const known = words(outlook.downtimes)
  return known ? t('closes', { duration: known.median }) : t('closesAbout')
}

const isBlocked = (outlook: Outlook | undefined) =>
  outlook !== undefined && (!outlook.isWorkerAlive || blockerOf(outlook.jobs) !== null)

/** Somebody else was first, or nobody would do it: told while the dialog is open, and not only when it was pressed. */
function Blocker({ outlook }: { outlook: Outlook | undefined }) {
  const t = useTranslations('exchange.dialog')
  const titles = useTranslations('jobs.title')
  const job = outlook && blockerOf(outlook.jobs)
  if (outlook && !job && !outlook.isWorkerAlive) return <p role="alert" className="text-pretty text-warn">{t('noWorker')}</p>
  if (!job) return null
  const { id, kind, actorName } = job
  const key = exclusiveKinds.includes(kind) ? 'blockerExchange' : 'blocker'
  return (
    <p role="alert" className="text-pretty text-warn">
      {t.rich(key, { id, name: actorName, title: titles(kind, { type: 'full' }), link: jobLink(id) })}
    </p>
  )
}
