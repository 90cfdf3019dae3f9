'use client'

import { useTranslations } from 'use-intl'
import { Segmented } from '@/components/ui/segmented'
import { Sheet } from '@/components/ui/sheet'
import { targetTypes } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { blockedReason } from './blocked'
import { GuardedButton, Refusal } from './guarded-button'
import { PlanPart } from './plan-part'
import type { AskedPlan } from './restore-query'
import type { Draft, DraftRead } from './target-draft'
import { BranchField, TargetFields } from './target-fields'
import { useBlockedWords } from './use-blocked-words'
import { usePress } from './use-press'

type TargetSheetProps = { view: RestoreView; draft: Draft; onChange: (draft: Draft) => void; read: DraftRead; asked: AskedPlan }

/** Where to, and beside it the way there. */
export function TargetSheet({ view, draft, onChange, read, asked }: TargetSheetProps) {
  const t = useTranslations('restore')
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const hasBranches = draft.type !== 'set' && draft.type !== 'name'
  return (
    <Sheet className="grid divide-y lg:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)] lg:divide-x lg:divide-y-0">
      <div className="grid content-start gap-4 px-4 pt-3.5 pb-5 md:px-5">
        <h2 className="text-section">{t('target.title')}</h2>
        <Segmented
          label={t('target.label')}
          value={draft.type}
          onChange={(type) => change({ type })}
          items={targetTypes.map((type) => ({ value: type, label: t(`target.type.${type}`) }))}
          className="max-md:grid max-md:grid-cols-3 md:justify-self-start"
        />
        <TargetFields draft={draft} problem={read.problem} view={view} onChange={change} />
        {hasBranches && <BranchField view={view} value={draft.timeline} onChange={(timeline) => change({ timeline })} />}
      </div>
      <section aria-labelledby="plan-title" className="grid content-start gap-4 px-4 pt-3.5 pb-5 md:px-5">
        <div>
          <h2 id="plan-title" className="mb-2 text-section">
            {t('plan.title')}
          </h2>
          <PlanPart asked={asked} view={view} />
        </div>
        <RehearseButton view={view} read={read} asked={asked} />
      </section>
    </Sheet>
  )
}

function RehearseButton({ view, read, asked }: Pick<TargetSheetProps, 'view' | 'read' | 'asked'>) {
  const t = useTranslations('restore')
  const { may, actions } = useAccess()
  const { press, busy, error } = usePress(actions.rehearse)
  const words = useBlockedWords()
  const rehearsal = view.rehearsal?.id
  const submit = () => read.wish && press({ wish: read.wish, ...(rehearsal && { rehearsal }) })
  return (
    <div className="grid gap-2">
      <GuardedButton
        variant={rehearsal ? 'secondary' : 'primary'}
        busy={busy}
        reason={words(blockedReason({ mayDo: may.rehearse, view, target: { read, asked } }))}
        note={t(rehearsal ? 'rehearse.moveNote' : 'rehearse.note')}
        onClick={submit}
      >
        {t(rehearsal ? 'rehearse.move' : 'rehearse.label')}
      </GuardedButton>
      <Refusal words={error?.message} />
    </div>
  )
}
