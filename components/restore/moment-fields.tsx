'use client'

import { type ClipboardEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Field, Input } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import { createFormat } from '@/lib/format'
import { type MomentProblem, type TypedMoment, readMoment, spread } from './typed-moment'
import { useSettled } from './use-settled'

/** Half of a time is no mistake yet. */
const TYPING_MS = 600

type MomentFieldsProps = { typed: TypedMoment; onChange: (typed: TypedMoment) => void }

/** Date, time and zone; in UTC beside it, and how long ago that is. What is wrong stands beneath the field it is about. */
export function MomentFields({ typed, onChange }: MomentFieldsProps) {
  const t = useTranslations('restore.target')
  const read = readMoment(typed)
  const isTyping = useSettled(typed, TYPING_MS) !== typed
  const problem = 'problem' in read && typed.time.trim() !== '' && !isTyping ? read.problem : null
  const words = useProblemWords()
  const errors = { [fieldOf(problem)]: problem && words(problem) }
  const change = (part: Partial<TypedMoment>) => onChange({ ...typed, pick: null, ...part })
  const paste = (event: ClipboardEvent) => {
    const pasted = spread({ ...typed, time: event.clipboardData.getData('text') })
    if (pasted.date === typed.date && pasted.time === event.clipboardData.getData('text')) return
    event.preventDefault()
    onChange(pasted)
  }
  return (
    <div className="grid gap-3">
      <div className="grid gap-3 md:grid-cols-[minmax(0,10.5rem)_minmax(0,1fr)_minmax(0,1.2fr)]">
        <Field label={t('date')} error={errors.date} className="content-start">
          <Input type="date" value={typed.date} onChange={(event) => change({ date: event.target.value })} />
        </Field>
        <Field label={t('time')} error={errors.time} hint={t('timeHint')} className="content-start">
          <Input
            value={typed.time}
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            placeholder="14:03:21"
            onChange={(event) => change({ time: event.target.value })}
            onBlur={() => onChange(spread(typed))}
            onPaste={paste}
          />
        </Field>
        <Field label={t('zone')} error={errors.zone} className="content-start">
          <ZoneInput value={typed.zone} onChange={(zone) => change({ zone })} />
        </Field>
      </div>
      <RepeatedHour typed={typed} onPick={(pick) => onChange({ ...typed, pick })} />
      {'at' in read && <Besides at={read.at} />}
    </div>
  )
}

function fieldOf(problem: MomentProblem | null): 'date' | 'time' | 'zone' {
  if (problem?.code === 'no-date') return 'date'
  return problem?.code === 'zone-unknown' ? 'zone' : 'time'
}

function useProblemWords() {
  const t = useTranslations('restore.moments')
  return ({ code, ...params }: MomentProblem) => t(code, { ...params })
}

const ZONES = 'time-zones'

/** Any zone by its IANA name; the list helps to spell it. */
function ZoneInput({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const [zones, setZones] = useState<string[]>([])
  return (
    <>
      <Input
        value={value}
        list={ZONES}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
        maxLength={64}
        onFocus={() => setZones(['UTC', ...Intl.supportedValuesOf('timeZone')])}
        onChange={(event) => onChange(event.target.value.trim())}
      />
      <datalist id={ZONES}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}

function RepeatedHour({ typed, onPick }: { typed: TypedMoment; onPick: (at: string) => void }) {
  const t = useTranslations('restore.target')
  const read = readMoment({ ...typed, pick: null })
  if (!('problem' in read) || read.problem.code !== 'repeated') return null
  const { earlier, later } = read.problem
  const utc = (at: string) => at.slice(11, -1)
  return (
    <Segmented
      label={t('which')}
      value={typed.pick ?? ''}
      onChange={onPick}
      items={[
        { value: earlier, label: t('first', { utc: utc(earlier) }) },
        { value: later, label: t('second', { utc: utc(later) }) },
      ]}
      className="justify-self-start"
    />
  )
}

function Besides({ at }: { at: string }) {
  const t = useTranslations('restore.target')
  const format = useFormat()
  const now = useNow()
  const utc = createFormat({ ...format.options, timeZone: 'UTC' })
  const moment = new Date(at)
  const fraction = /\.\d+/.exec(at)?.[0] ?? ''
  return (
    <p aria-live="polite" className="flex flex-wrap gap-x-4 text-compact">
      <span>{t('utc', { utc: `${utc.date(moment)} ${utc.time(moment, { seconds: true })}${fraction}` })}</span>
      <span className="font-medium">{moment > now ? format.until(moment, now) : format.ago(moment, now)}</span>
    </p>
  )
}
