'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import {
  Dialog, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogTitle, DialogTrigger,
} from '@/components/ui/dialog'
import type { WayBack } from '@/lib/restore/exchange/schema'
import type { KeptCluster } from '@/lib/restore/schema'
import { useAccess } from '../access'
import { Refusal } from '../guarded-button'
import { usePress } from '../use-press'
import { usePointWords, useTimes } from './words'

type PurgeDialogProps = { kept: KeptCluster; wayBack: WayBack | null; isBlocked: boolean }

/** Gives up an undo for the room it takes; never while WAL in it is nowhere else. */
export function PurgeDialog({ kept, wayBack, isBlocked }: PurgeDialogProps) {
  const t = useTranslations('exchange.kept')
  const blocked = useTranslations('restore.blocked')
  const confirm = useTranslations('restore.confirm')
  const { moment } = useTimes()
  const { may, actions } = useAccess()
  const [open, setOpen] = useState(false)
  const { press, busy, error } = usePress(actions.purgeCluster, () => setOpen(false))
  if (!may.purge) return null
  const why = `${kept.id}-why`
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <div className="grid gap-1">
        <DialogTrigger asChild>
          <Button
            variant="danger"
            size="sm"
            disabled={isBlocked || kept.unarchived > 0}
            aria-label={t('purgeOf', { moment: moment(kept.leftAt) })}
            aria-describedby={kept.unarchived > 0 ? why : undefined}
            className="justify-self-start"
          >
            {t('purge')}
          </Button>
        </DialogTrigger>
        {kept.unarchived > 0 && (
          <p id={why} className="max-w-64 text-meta text-pretty">
            {blocked('unarchived', { count: kept.unarchived })}
          </p>
        )}
      </div>
      <DialogContent>
        <DialogTitle>{t('purgeTitle')}</DialogTitle>
        <PurgeText kept={kept} wayBack={wayBack} />
        <Refusal words={error?.message} className="mt-3" />
        <DialogFooter>
          <DialogClose asChild>
            <Button>{confirm('cancel')}</Button>
          </DialogClose>
          <Button variant="danger" busy={busy} onClick={() => press({ cluster: kept.id })}>
            {t('purge')}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

/** What cannot be undone afterwards, and what is gained by it. */
function PurgeText({ kept: { leftBy, leftAt, size }, wayBack }: Pick<PurgeDialogProps, 'kept' | 'wayBack'>) {
  const t = useTranslations('exchange.kept')
  const format = useFormat()
  const words = usePointWords()
  const { moment } = useTimes()
  const values = { leftBy, moment: moment(leftAt), size: format.bytes(size) }
  const isRestore = leftBy === 'switch' && wayBack !== null
  return (
    <>
      <DialogDescription className="text-pretty text-foreground">
        {isRestore ? t('purgePoint', { ...values, point: words(wayBack.point) }) : t('purgeText', values)}
      </DialogDescription>
      <p className="mt-2 text-compact text-pretty text-muted">{t('purgeWal', values)}</p>
    </>
  )
}
