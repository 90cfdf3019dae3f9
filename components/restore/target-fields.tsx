'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Field, Input } from '@/components/ui/field'
import type { RestoreView } from '@/lib/restore/view/schema'
import { MomentFields } from './moment-fields'
import { Select } from './select'
import { type Draft, type DraftProblem, isLeft, setId } from './target-draft'

type FieldsProps = { draft: Draft; problem: DraftProblem | null; view: RestoreView; onChange: (change: Partial<Draft>) => void }

/** What the chosen kind of target has to be told. */
export function TargetFields({ draft, problem, view, onChange }: FieldsProps) {
  const t = useTranslations('restore.target')
  switch (draft.type) {
    case 'time':
      return <MomentFields typed={draft.moment} onChange={(moment) => onChange({ moment })} />
    case 'latest':
      return <p className="max-w-[60ch] text-pretty text-muted">{t('latestText')}</p>
    case 'set':
      return <SetField view={view} value={draft.set} onChange={(set) => onChange({ set })} />
    case 'name':
      return <PointField view={view} value={draft.name} onChange={(name) => onChange({ name })} />
    case 'xid':
      return (
        <Field label={t('xid')} hint={t('xidHint')} error={problem?.code === 'xid' && t('xidWrong')} className="md:max-w-80">
          <Input
            inputMode="numeric"
            autoComplete="off"
            maxLength={20}
            value={draft.xid}
            onChange={(event) => onChange({ xid: event.target.value })}
          />
        </Field>
      )
    case 'lsn':
      return (
        <Field label={t('lsn')} hint={t('lsnHint')} error={problem?.code === 'lsn' && t('lsnWrong')} className="md:max-w-80">
          <Input
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="characters"
            maxLength={20}
            value={draft.lsn}
            className="font-mono"
            onChange={(event) => onChange({ lsn: event.target.value })}
          />
        </Field>
      )
  }
}

type PickProps = { view: RestoreView; value: string; onChange: (value: string) => void }

function SetField({ view, value, onChange }: PickProps) {
  const t = useTranslations('restore.target')
  const format = useFormat()
  const now = useNow(60_000)
  const namesRepository = new Set(view.sets.map(({ repo }) => repo)).size > 1
  if (view.sets.length === 0) return <p className="text-muted">{t('setNone')}</p>
  const items = view.sets.map((set) => {
    const plain = t('setName', { type: set.type, moment: format.moment(set.stoppedAt, now, { inline: true }) })
    const name = namesRepository ? t('setInRepo', { name: plain, repo: set.repo }) : plain
    const isShops = set.isOnLiveLineage || set.timeline === null
    return {
      value: setId(set), label: set.isUsable ? name : t('setUnusable', { name }), disabled: !set.isUsable,
      left: isShops ? null : set.timeline,
    }
  })
  return (
    <Field label={t('set')} hint={t('setHint')} className="md:max-w-[34rem]">
      <GroupedSelect value={value} items={items} onChange={onChange} />
    </Field>
  )
}

function PointField({ view, value, onChange }: PickProps) {
  const t = useTranslations('restore.target')
  const format = useFormat()
  const now = useNow(60_000)
  if (view.restorePoints.length === 0) return <p className="max-w-[60ch] text-pretty text-muted">{t('nameNone')}</p>
  const items = view.restorePoints.map((point) => ({
    value: point.name, label: t('nameItem', { name: point.name, moment: format.moment(point.at, now, { inline: true }) }),
    disabled: false, left: isLeft(point, view) ? point.timeline : null,
  }))
  return (
    <Field label={t('name')} hint={t('nameHint')} className="md:max-w-[34rem]">
      <GroupedSelect value={value} items={items} onChange={onChange} />
    </Field>
  )
}

type Item = { value: string; label: string; disabled: boolean; left: number | null }

/** What lies on a branch that a restore left stands apart, under that branch. */
function GroupedSelect({ value, items, onChange }: { value: string; items: Item[]; onChange: (value: string) => void }) {
  const t = useTranslations('restore.target')
  const left = [...new Set(items.flatMap((item) => item.left ?? []))].toSorted((a, b) => b - a)
  const options = (timeline: number | null) => items.filter((item) => item.left === timeline).map((item) => (
    <option key={item.value} value={item.value} disabled={item.disabled}>
      {item.label}
    </option>
  ))
  return (
    <Select value={items.some((item) => item.value === value) ? value : ''} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('choose')}</option>
      {options(null)}
      {left.map((timeline) => (
        <optgroup key={timeline} label={t('left', { timeline })}>
          {options(timeline)}
        </optgroup>
      ))}
    </Select>
  )
}

type BranchFieldProps = { view: RestoreView; value: number | null; onChange: (timeline: number | null) => void }

/** Only where a restore left something behind; the running shop unless somebody chooses otherwise. */
export function BranchField({ view, value, onChange }: BranchFieldProps) {
  const t = useTranslations('restore.target')
  const format = useFormat()
  const now = useNow(60_000)
  const [live, ...left] = view.windows
  if (left.length === 0) return null
  const nameOf = (timeline: number) => {
    const endedAt = view.timelines.find(({ id }) => id === timeline)?.endedAt
    if (!endedAt) return t('branchItemUnknown', { timeline })
    return t('branchItem', { timeline, moment: format.moment(endedAt, now, { inline: true }) })
  }
  return (
    <Field label={t('branch')} hint={t('branchHint')} className="md:max-w-[34rem]">
      <Select value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}>
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
