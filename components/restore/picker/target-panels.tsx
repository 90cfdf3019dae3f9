'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Field, Input } from '@/components/ui/field'
import type { RestoreView } from '@/lib/restore/view/schema'
import { Select } from '../select'
import { isLeft, setId } from '../target-draft'
import { ChoiceList } from './choice-list'
import type { PanelProps } from './picker-sheet'
import type { TargetChoice } from './use-target'

export function SetPanel({ view, target: { draft, choose } }: PanelProps) {
  const t = useTranslations('picker.target')
  const format = useFormat()
  const now = useNow(60_000)
  const namesRepository = new Set(view.sets.map(({ repo }) => repo)).size > 1
  if (view.sets.length === 0) return <p className="text-pretty text-muted">{t('setNone')}</p>
  const choices = view.sets.map((set) => ({
    value: setId(set),
    title: t('setName', { type: set.type, moment: format.moment(set.stoppedAt, now, { inline: true }) }),
    note: <span className="font-mono">{namesRepository ? t('setInRepo', { label: set.label, repo: set.repo }) : set.label}</span>,
    end: format.bytes(set.databaseSize),
    reason: set.isUsable ? undefined : t('setUnusable'),
    left: set.isOnLiveLineage ? null : set.timeline,
  }))
  return (
    <div className="grid gap-3">
      <p className="text-meta text-pretty">{t('setHint')}</p>
      <ChoiceList label={t('set')} value={draft.set} choices={choices} onChange={(set) => choose({ by: 'set', set })} />
    </div>
  )
}

export function PointPanel({ view, target: { draft, choose } }: PanelProps) {
  const t = useTranslations('picker.target')
  const format = useFormat()
  const now = useNow(60_000)
  if (view.restorePoints.length === 0) return <p className="text-pretty text-muted">{t('nameNone')}</p>
  const choices = view.restorePoints.map((point) => ({
    value: point.name, title: point.name,
    note: t('nameBy', { name: point.by, moment: format.moment(point.at, now, { inline: true }) }),
    end: format.ago(point.at, now),
    left: isLeft(point, view) ? point.timeline : null,
  }))
  return (
    <div className="grid gap-3">
      <p className="text-meta text-pretty">{t('nameHint')}</p>
      <ChoiceList label={t('name')} value={draft.name} choices={choices} onChange={(name) => choose({ by: 'name', name })} />
    </div>
  )
}

export function LatestPanel({ view, target }: PanelProps) {
  const t = useTranslations('picker.target')
  const format = useFormat()
  const now = useNow()
  const latest = view.windows.find(({ timeline }) => timeline === (target.draft.timeline ?? view.windows[0]?.timeline))?.latest
  return (
    <div className="grid gap-4">
      {latest && (
        <p className="text-title">
          {format.moment(latest, now)} <span className="font-normal text-muted">{format.ago(latest, now)}</span>
        </p>
      )}
      <p className="text-pretty text-muted">{t('latestText')}</p>
      <BranchField view={view} target={target} />
    </div>
  )
}

export function XidPanel({ view, target }: PanelProps) {
  const t = useTranslations('picker.target')
  const { draft, read, choose } = target
  return (
    <div className="grid gap-4">
      <Field label={t('xid')} hint={t('xidHint')} error={read.problem?.code === 'xid' && t('xidWrong')}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          value={draft.xid}
          onChange={(event) => choose({ by: 'xid', xid: event.target.value || null }, { replace: true })}
        />
      </Field>
      <BranchField view={view} target={target} />
    </div>
  )
}

export function LsnPanel({ view, target }: PanelProps) {
  const t = useTranslations('picker.target')
  const { draft, read, choose } = target
  return (
    <div className="grid gap-4">
      <Field label={t('lsn')} hint={t('lsnHint')} error={read.problem?.code === 'lsn' && t('lsnWrong')}>
        <Input
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="characters"
          maxLength={20}
          value={draft.lsn}
          className="font-mono"
          onChange={(event) => choose({ by: 'lsn', lsn: event.target.value || null }, { replace: true })}
        />
      </Field>
      <BranchField view={view} target={target} />
    </div>
  )
}

/** Only where a restore left something behind; the running shop unless somebody chooses otherwise. */
function BranchField({ view, target: { draft, choose } }: { view: RestoreView; target: TargetChoice }) {
  const t = useTranslations('picker.target')
  const format = useFormat()
  const now = useNow(60_000)
  const [live, ...left] = view.windows
  if (left.length === 0) return null
  const nameOf = (timeline: number) => {
    const endedAt = view.timelines.find(({ id }) => id === timeline)?.endedAt
    return endedAt ? t('branchItem', { timeline, moment: format.moment(endedAt, now, { inline: true }) }) : t('branchItemUnknown', { timeline })
  }
  return (
    <Field label={t('branch')} hint={t('branchHint')}>
      <Select value={draft.timeline ?? ''} onChange={(event) => choose({ timeline: Number(event.target.value) || null })}>
        <option value="">{live ? t('live', { timeline: live.timeline }) : t('liveUnknown')}</option>
        {left.map(({ timeline }) => (
          <option key={timeline} value={timeline}>
            {nameOf(timeline)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
