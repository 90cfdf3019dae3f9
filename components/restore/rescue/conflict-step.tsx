'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogDescription, DialogFooter, DialogTitle } from '@/components/ui/dialog'
import type { Conflict, RescuePlan } from '@/lib/restore/rescue/schema'
import { choiceId } from './choice'
import { useRowName } from './names'

type ConflictStepProps = {
  outcome: RescuePlan
  /** Rows that were chosen, and those of them that are in nobody's way */
  total: number
  left: number
  onLeaveOut: () => void
  onAgain: () => void
  onClose: () => void
}

/** What cannot come back, each with why; one press leaves it out. */
export function ConflictStep({ outcome: { conflicts }, total, left, onLeaveOut, onAgain, onClose }: ConflictStepProps) {
  const t = useTranslations('rescue.conflicts')
  const out = total - left
  return (
    <>
      <DialogTitle>{t(left === 0 ? 'titleAll' : 'title', { count: out, total })}</DialogTitle>
      <DialogDescription className="text-pretty">{t('text')}</DialogDescription>
      <ul className="mt-4 grid max-h-72 gap-2.5 overflow-y-auto">
        {conflicts.map((conflict) => <ConflictItem key={`${conflict.code} ${choiceId(conflict)}`} conflict={conflict} />)}
      </ul>
      <DialogFooter>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button variant={left > 0 && out > 0 ? 'secondary' : 'primary'} onClick={onAgain}>{t('again')}</Button>
        {left > 0 && out > 0 && <Button variant="primary" onClick={onLeaveOut}>{t('leaveOut', { count: out })}</Button>}
      </DialogFooter>
    </>
  )
}

function ConflictItem({ conflict }: { conflict: Conflict }) {
  const t = useTranslations('rescue.conflicts')
  const nameOf = useRowName()
  const { table, code, columns, holder, reason } = conflict
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 [overflow-wrap:anywhere]">
      <CircleAlert aria-hidden className="mt-0.5 size-4 text-warn" />
      <p>
        <b className="font-medium">{nameOf(conflict)}</b> <span className="text-compact text-muted">{table}</span>
      </p>
      <p className="col-start-2 text-compact text-pretty">
        {t(`code.${code}`, { columns: columns.join(', '), holder: holder ?? '', held: holder === null ? 'none' : 'known', reason: reason ?? '' })}
      </p>
    </li>
  )
}
