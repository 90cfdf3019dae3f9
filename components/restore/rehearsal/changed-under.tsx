'use client'

import { CircleAlert, History } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Button, type ButtonProps } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import type { EndedRehearsal } from '@/lib/restore/rehearsal/story/schema'
import type { Rehearsal, RestoreWish } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { blockedReason } from '../blocked'
import { GuardedButton, Refusal } from '../guarded-button'
import { TextLink, jobLink } from '../text-link'
import { useBlockedWords } from '../use-blocked-words'
import { usePress } from '../use-press'
import { usePointWords } from './moment-words'

type Point = Pick<Rehearsal, 'target' | 'plan'>

/** The rehearsal that ended last: how, by whom, and the way to the same moment once more. */
export function EndedNote({ ended, view, isSurprise }: { ended: EndedRehearsal; view: RestoreView; /** It was on the page */ isSurprise: boolean }) {
  const t = useTranslations('rehearsal.ended')
  const format = useFormat()
  const now = useNow(10_000)
  const point = usePointWords()
  const { how, by, jobId, endedAt } = ended
  const values = { point: point({ ...ended, reached: null }), ago: format.ago(endedAt, now), name: by ?? '', by: by === null ? 'none' : 'known' }
  return (
    <Note isSurprise={isSurprise} actions={<AgainButton point={ended} view={view} variant={isSurprise ? 'primary' : 'secondary'} />}>
      {t(how, values)}{' '}
      {jobId && how === 'switched' && <TextLink href={`/restore/exchange/${jobId}`}>{t('follow')}</TextLink>}
      {jobId && how !== 'switched' && t.rich('job', { id: jobId, link: jobLink(jobId) })}
    </Note>
  )
}

type MovedNoteProps = { from: Rehearsal; to: Rehearsal; by: string | null; view: RestoreView; onStay: () => void }

/** Somebody moved it while it was looked at here. */
export function MovedNote({ from, to, by, view, onStay }: MovedNoteProps) {
  const t = useTranslations('rehearsal.moved')
  const point = usePointWords()
  const actions = (
    <>
      <AgainButton point={from} view={view} moves={to.id} />
      <Button onClick={onStay}>{t('stay', { point: point(to) })}</Button>
    </>
  )
  return <Note isSurprise actions={actions}>{t('by', { name: by ?? to.actorName, from: point(from), to: point(to) })}</Note>
}

type NoteProps = { actions: ReactNode; isSurprise: boolean; children: ReactNode }

function Note({ actions, isSurprise, children }: NoteProps) {
  const Icon = isSurprise ? CircleAlert : History
  return (
    <section
      role="status"
      className={cn('flex flex-wrap items-center gap-x-6 gap-y-3 rounded-sheet border px-4 py-3.5 md:px-5', isSurprise ? 'bg-warn-tint' : 'bg-card shadow-sheet')}
    >
      <p className="flex min-w-0 flex-1 basis-80 gap-2.5 text-pretty">
        <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', isSurprise ? 'text-warn' : 'text-muted')} />
        <span>{children}</span>
      </p>
      <div className="flex flex-wrap items-start gap-2">{actions}</div>
    </section>
  )
}

type AgainButtonProps = { point: Point; view: RestoreView; moves?: string; variant?: ButtonProps['variant'] }

/** The same moment once more: as a new rehearsal, or by moving the one of that id. */
export function AgainButton({ point, view, moves, variant = 'primary' }: AgainButtonProps) {
  const t = useTranslations('rehearsal')
  const words = useBlockedWords()
  const { may, actions } = useAccess()
  const name = usePointWords()
  const { press, busy, error } = usePress(actions.rehearse)
  if (!may.rehearse) return null
  return (
    <div className="grid gap-1.5">
      <GuardedButton
        variant={variant} busy={busy} reason={words(blockedReason({ mayDo: true, view }))}
        onClick={() => press({ wish: wishOf(point), ...(moves && { rehearsal: moves }) })}
      >
        {t('again', { point: name({ ...point, reached: null }) })}
      </GuardedButton>
      <Refusal words={error?.message} />
    </div>
  )
}

/** The same once more; the branch only where it has to be said. */
function wishOf({ target, plan }: Point): RestoreWish {
  return { target, ...(target.type === 'set' && { repo: plan.repo }), ...(!plan.isOnLiveLineage && { timeline: plan.timeline }) }
}
