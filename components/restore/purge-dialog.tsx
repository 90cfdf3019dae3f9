'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import {
  Dialog, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogTitle, DialogTrigger,
} from '@/components/ui/dialog'
import type { KeptCluster } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { blockedReason } from './blocked'
import { Refusal } from './guarded-button'
import { usePress } from './use-press'

/** Gives up an undo for the room it takes; never while WAL in it is nowhere else. */
export function PurgeDialog({ kept, view }: { kept: KeptCluster; view: RestoreView }) {
  const t = useTranslations('restore')
  const format = useFormat()
  const now = useNow(60_000)
  const { may, actions } = useAccess()
  const [open, setOpen] = useState(false)
  const { press, busy, error } = usePress(actions.purgeCluster, () => setOpen(false))
  if (!may.purge) return null
  const moment = format.moment(kept.leftAt, now, { inline: true })
  const isBlocked = kept.unarchived > 0 || blockedReason({ mayDo: true, view }) !== null
  const why = `${kept.id}-why`
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <div className="grid gap-1">
        <DialogTrigger asChild>
          <Button
            variant="danger"
            size="sm"
            disabled={isBlocked}
            aria-label={t('kept.purgeOf', { moment })}
            aria-describedby={kept.unarchived > 0 ? why : undefined}
            className="justify-self-start"
          >
            {t('kept.purge')}
          </Button>
        </DialogTrigger>
        {kept.unarchived > 0 && (
          <p id={why} className="max-w-64 text-meta text-pretty">
            {t('blocked.unarchived', { count: kept.unarchived })}
          </p>
        )}
      </div>
      <DialogContent>
        <DialogTitle>{t('kept.purgeTitle')}</DialogTitle>
        <DialogDescription className="text-pretty">
          {t('kept.purgeText', { leftBy: kept.leftBy, moment, size: format.bytes(kept.size) })}
        </DialogDescription>
        <Refusal words={error?.message} className="mt-3" />
        <DialogFooter>
          <DialogClose asChild>
            <Button>{t('confirm.cancel')}</Button>
          </DialogClose>
          <Button variant="danger" busy={busy} onClick={() => press({ cluster: kept.id })}>
            {t('kept.purge')}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
