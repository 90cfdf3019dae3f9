'use client'

import { useTranslations } from 'use-intl'
import type { RestoreView } from '@/lib/restore/view/schema'
import { blockedReason } from '../blocked'
import { useBlockedWords } from '../use-blocked-words'
import { useRescueAccess } from './access'
import { UndoRescue } from './undo-rescue'

type UndoHereProps = { rescue: string; view: RestoreView; size?: 'sm' | 'md'; names?: string }

/** Undo rescue beside the rehearsal; nothing for whoever may not. */
export function UndoHere({ rescue, view, size, names }: UndoHereProps) {
  const t = useTranslations('rescue.undo')
  const words = useBlockedWords()
  const { may, actions } = useRescueAccess()
  if (!may.rescue) return null
  const reason = words(blockedReason({ mayDo: true, view }))
  return <UndoRescue rescue={rescue} undo={actions.undoRescue} reason={reason} size={size} label={names && t('labelOf', { names })} />
}
