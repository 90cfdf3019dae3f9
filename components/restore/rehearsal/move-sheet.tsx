'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import { refusalText } from '@/lib/restore/refusal'
import type { Rehearsal, RestoreWish } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { blockedReason } from '../blocked'
import { GuardedButton, Refusal } from '../guarded-button'
import { type AskedPlan, usePlan } from '../restore-query'
import { RestoreTimeline } from '../timeline/restore-timeline'
import { useBlockedWords } from '../use-blocked-words'
import { usePress } from '../use-press'
import { moveEstimate } from './move'
import { useMomentText } from './moment-words'

const steps = [['minuteBack', -60_000], ['secondBack', -1_000], ['second', 1_000], ['minute', 60_000]] as const

type MoveSheetProps = { rehearsal: Rehearsal; /** What it shows now */ moment: Date; view: RestoreView }

/** Another moment for the same copy: nearer is cheaper than making it anew. */
export function MoveSheet({ rehearsal, moment, view }: MoveSheetProps) {
  const t = useTranslations('rehearsal.move')
  const text = useMomentText()
  const [at, setAt] = useState(moment)
  const by = at.getTime() - moment.getTime()
  const { plan } = rehearsal
  const wish: RestoreWish | null = by === 0 ? null : {
    target: { type: 'time', at: at.toISOString() }, ...(!plan.isOnLiveLineage && { timeline: plan.timeline }),
  }
  const asked = usePlan(wish)
  const answer = asked.answer ?? asked.last
  const next = by !== 0 && answer && 'plan' in answer ? answer.plan : null

  function chooseSet(repo: number, label: string) {
    const set = view.sets.find((one) => one.repo === repo && one.label === label)
    // pgBackRest tells a set's stop to the second: from the next one on the moment is whole.
    if (set) setAt(new Date(set.stoppedAt.getTime() + 1_000))
  }

  return (
    <Sheet className="min-w-0 overflow-x-clip pb-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3.5 pb-2 md:px-5">
        <h2 className="text-section">{t('title')}</h2>
        <div className="flex flex-wrap items-center gap-1">
          {steps.slice(0, 2).map(([name, ms]) => <Step key={name} name={name} onPress={() => setAt(new Date(at.getTime() + ms))} />)}
          <output className="px-2.5 text-base font-semibold text-then">{text(at, { millis: true })}</output>
          {steps.slice(2).map(([name, ms]) => <Step key={name} name={name} onPress={() => setAt(new Date(at.getTime() + ms))} />)}
        </div>
        <MoveNote by={by} rehearsal={rehearsal} next={next} view={view} />
      </div>
      <RestoreTimeline compact view={view} plan={next ?? (by === 0 ? plan : null)} at={at} onAt={(moved) => setAt(moved)} onSet={chooseSet} />
      {by !== 0 && <MoveAction wish={wish} asked={asked} rehearsal={rehearsal} view={view} onBack={() => setAt(moment)} />}
    </Sheet>
  )
}

function Step({ name, onPress }: { name: (typeof steps)[number][0]; onPress: () => void }) {
  const t = useTranslations('rehearsal.move')
  return <Button size="sm" aria-label={t(`${name}Label`)} onClick={onPress}>{t(name)}</Button>
}

type MoveNoteProps = { by: number; rehearsal: Rehearsal; next: Rehearsal['plan'] | null; view: RestoreView }

function MoveNote({ by, rehearsal, next, view }: MoveNoteProps) {
  const t = useTranslations('rehearsal.move')
  const format = useFormat()
  const estimate = next && moveEstimate(rehearsal, next, by, view.estimate)
  const words = () => {
    if (by === 0) return t('note')
    const about = estimate?.ms === null || !estimate ? 'none' : format.duration(estimate.ms)
    return t(estimate?.way ?? (by > 0 ? 'later' : 'earlier'), { span: format.duration(Math.abs(by)), about })
  }
  return <p className="text-compact text-pretty text-muted md:ml-auto">{words()}</p>
}

type MoveActionProps = { wish: RestoreWish | null; asked: AskedPlan; rehearsal: Rehearsal; view: RestoreView; onBack: () => void }

function MoveAction({ wish, asked, rehearsal, view, onBack }: MoveActionProps) {
  const t = useTranslations('rehearsal.move')
  const format = useFormat()
  const words = useBlockedWords()
  const { may, actions } = useAccess()
  const { press, busy, error } = usePress(actions.rehearse)
  const blocked = blockedReason({ mayDo: may.rehearse, view, target: { read: wish ? { wish, problem: null } : { wish: null, problem: null }, asked } })
  const answer = asked.answer
  const refusal = blocked?.code === 'unreachable' && answer && 'refusal' in answer ? refusalText(answer.refusal, format) : null
  return (
    <div className="flex flex-wrap items-start gap-2 px-4 pt-2 md:px-5">
      <GuardedButton
        variant="primary" busy={busy} reason={refusal ?? words(blocked)} note={t('moveNote')}
        onClick={() => wish && press({ wish, rehearsal: rehearsal.id })}
      >
        {t('move')}
      </GuardedButton>
      <Button variant="quiet" onClick={onBack}>{t('back')}</Button>
      <Refusal words={error?.message} className="basis-full" />
    </div>
  )
}
