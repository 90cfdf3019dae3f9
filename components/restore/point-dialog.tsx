'use client'

import { BookmarkPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import {
  Dialog, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogTitle, DialogTrigger,
} from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { restorePointNameSchema } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { Refusal } from './guarded-button'
import { usePress } from './use-press'

/** Names this moment, before something risky. */
export function PointDialog({ view }: { view: RestoreView }) {
  const t = useTranslations('restore')
  const { may } = useAccess()
  const [open, setOpen] = useState(false)
  if (!may.point) return null
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button disabled={!view.isWorkerAlive}>
          <BookmarkPlus aria-hidden />
          {t('points.create')}
        </Button>
      </DialogTrigger>
      <DialogContent>
        <DialogTitle>{t('points.createTitle')}</DialogTitle>
        <DialogDescription className="text-pretty">{t('points.createText')}</DialogDescription>
        <PointForm onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

function PointForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('restore')
  const { actions } = useAccess()
  const { press, busy, error } = usePress(actions.createRestorePoint, onDone)
  const [name, setName] = useState('')
  const [isWrong, setWrong] = useState(false)

  function submit(event: FormEvent) {
    event.preventDefault()
    const parsed = restorePointNameSchema.safeParse(name)
    setWrong(!parsed.success)
    if (parsed.success && !busy) press({ name: parsed.data })
  }

  return (
    <form noValidate onSubmit={submit} className="mt-4">
      <Field label={t('points.name')} hint={t('points.nameHint')} error={isWrong && t('points.nameWrong')}>
        <Input value={name} autoComplete="off" spellCheck={false} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Refusal words={error?.message} className="mt-3" />
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('confirm.cancel')}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={busy}>
          {t('points.confirm')}
        </Button>
      </DialogFooter>
    </form>
  )
}
