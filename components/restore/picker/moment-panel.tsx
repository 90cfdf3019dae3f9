'use client'

import type { ClipboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useNow } from '@/components/format-provider'
import { Field, Input } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import type { MomentProblem } from '../typed-moment'
import { useSettled } from '../use-settled'
import { Besides } from './besides'
import { Calendar } from './calendar'
import { IsoLine } from './iso-line'
import type { PanelProps } from './picker-sheet'
import { SecondSteps } from './second-steps'
import { useReadWords } from './use-read-words'
import type { TargetChoice } from './use-target'
import { ZoneField } from './zone-field'

/** Half of a time is no mistake yet. */
const TYPING_MS = 600

/** Day, time and zone, in UTC beside it, and how long ago that is. */
export function MomentPanel({ view, target }: PanelProps) {
  return (
    <div className="grid gap-4">
      <Calendar view={view} target={target} />
      <MomentFields view={view} target={target} />
      <RepeatedHour target={target} />
      <ReadMoment target={target} />
    </div>
  )
}

/** What is wrong stands beneath the field it is about. */
function MomentFields({ view, target }: PanelProps) {
  const t = useTranslations('picker.fields')
  const { draft: { moment }, typed, type } = target
  const now = useNow()
  const isTyping = useSettled(typed, TYPING_MS) !== typed
  const problem = 'problem' in moment && typed.time.trim() !== '' && !isTyping ? moment.problem : null
  const words = useReadWords()
  const errors = { [fieldOf(problem)]: problem && words.problem(problem) }
  const change = (part: Partial<typeof typed>) => type({ ...typed, pick: null, ...part }, now)
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label={t('date')} error={errors.date} className="content-start">
        <Input
          type="date"
          value={typed.date}
          className="pr-2 [&::-webkit-calendar-picker-indicator]:hidden"
          onChange={(event) => change({ date: event.target.value })}
        />
      </Field>
      <Field label={t('time')} error={errors.time} className="content-start">
        <div className="relative">
          <TimeInput target={target} onChange={(time) => change({ time })} />
          <SecondSteps view={view} target={target} />
        </div>
      </Field>
      <ZoneField
        value={typed.zone}
        shopZone={view.timeZone}
        at={'at' in moment ? new Date(moment.at) : view.now}
        onChange={(zone) => change({ zone })}
      />
    </div>
  )
}

function TimeInput({ target: { typed, commit, paste }, onChange }: { target: TargetChoice; onChange: (time: string) => void }) {
  const now = useNow()
  const take = (event: ClipboardEvent) => paste(event.clipboardData.getData('text'), now) && event.preventDefault()
  return (
    <Input
      value={typed.time}
      autoComplete="off"
      spellCheck={false}
      maxLength={100}
      placeholder="14:03:21"
      className="pr-19 md:pr-16"
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => commit(typed, now)}
      onKeyDown={(event) => event.key === 'Enter' && commit(typed, now)}
      onPaste={take}
    />
  )
}

function fieldOf(problem: MomentProblem | null): 'date' | 'time' {
  return problem?.code === 'no-date' ? 'date' : 'time'
}

/** Where the clocks went back over the time, it was twice. */
function RepeatedHour({ target: { typed, repeated, type } }: { target: TargetChoice }) {
  const t = useTranslations('picker.repeated')
  const now = useNow(60_000)
  if (!repeated) return null
  const utc = (at: string) => at.slice(11, -1)
  return (
    <Segmented
      label={t('which')}
      value={typed.pick ?? ''}
      onChange={(pick) => type({ ...typed, pick }, now)}
      items={[
        { value: repeated.earlier, label: t('first', { utc: utc(repeated.earlier) }) },
        { value: repeated.later, label: t('second', { utc: utc(repeated.later) }) },
      ]}
      className="justify-self-start"
    />
  )
}

/** The same as others write it, and how it was read. */
function ReadMoment({ target: { draft: { moment }, typed, paste } }: { target: TargetChoice }) {
  const words = useReadWords()
  const now = useNow()
  if (!('at' in moment)) return null
  return (
    <div className="grid gap-2">
      <IsoLine at={moment.at} zone={typed.zone} onPaste={(text) => paste(text, now)} />
      <Besides at={moment.at} />
      {moment.told && (
        <p role="status" className="text-meta text-pretty">
          {words.told(moment.told, typed.zone)}
        </p>
      )}
    </div>
  )
}
