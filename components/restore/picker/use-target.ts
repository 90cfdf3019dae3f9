import { useQueryStates } from 'nuqs'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useFormat } from '@/components/format-provider'
import { isTimeZone } from '@/lib/format/zone'
import { dateOrder } from '@/lib/restore/moment/day/rules'
import type { RestoreView } from '@/lib/restore/view/schema'
import { type Draft, type DraftRead, addressOf, readDraft } from '../target-draft'
import { type MomentRead, type TypedMoment, momentFields, readMoment, spread } from '../typed-moment'
import { type TargetParams, addressOptions, kindOf, targetParams } from './address'

/** What somebody types, and the moment in the address that it was typed over. */
type Typing = { typed: TypedMoment; read: MomentRead; at: string | null }

/** More than anybody writes for a moment */
const LONGEST_TEXT = 100

export type TargetChoice = {
  draft: Draft
  read: DraftRead
  typed: TypedMoment
  /** Every keystroke: the moment follows as soon as it can be read. `now` is what "2 hours ago" counts from */
  type: (typed: TypedMoment, now: Date) => void
  /** A whole moment, into both fields */
  commit: (typed: TypedMoment, now: Date) => void
  /** The same from elsewhere; false for what is no moment */
  paste: (text: string, now: Date) => boolean
  /** The two moments that the fields may mean where the clocks went back */
  repeated: { earlier: string; later: string } | null
  /** The rest of the address; `replace` for what is typed */
  choose: (part: Partial<TargetParams>, options?: { replace?: boolean }) => void
}

/** The point to restore to: what stands in the address, and over it what is being typed and cannot be read yet. */
export function useTarget(view: RestoreView): TargetChoice {
  const [params, setParams] = useQueryStates(targetParams, addressOptions)
  const [typing, setTyping] = useState<Typing | null>(null)
  const { options: { dateFormat, locale } } = useFormat()
  const contextAt = (now: Date) => ({ now, order: dateOrder(dateFormat), locale })
  const zone = params.zone && isTimeZone(params.zone) ? params.zone : view.timeZone
  const { typed, read: moment } = typing && typing.at === params.at ? typing : settled(params.at, zone, view.now)
  const { set, name, xid, lsn, timeline } = params
  const draft: Draft = {
    type: kindOf(params), moment, set: set ?? '', name: name ?? '', xid: xid ?? '', lsn: lsn ?? '', timeline,
  }

  useRehearsed(view, params, (part) => void setParams(part))

  function enter(next: TypedMoment, read: MomentRead, told = read) {
    const at = 'at' in read ? read.at : params.at
    setTyping({ typed: next, read: told, at })
    if (isTimeZone(next.zone)) void setParams({ at, zone: next.zone === view.timeZone ? null : next.zone })
  }

  function commit(next: TypedMoment, now: Date) {
    const context = contextAt(now)
    const before = readMoment(next, context)
    const whole = spread(next, context)
    if (whole === typed) return
    // What was read off the text stays told while the fields show what it came to.
    enter(whole, readMoment(whole, context), 'at' in before && before.told ? before : undefined)
  }

  return {
    draft, typed, commit,
    read: readDraft(draft, view),
    type: (next, now) => enter(next, readMoment(next, contextAt(now))),
    paste: (text, now) => {
      const pasted = { ...typed, time: text.trim().slice(0, LONGEST_TEXT), pick: null }
      const read = readMoment(pasted, contextAt(now))
      if ('problem' in read && (read.problem.code === 'unreadable' || read.problem.code === 'no-time')) return false
      commit(pasted, now)
      return true
    },
    repeated: repeatedOf(readMoment({ ...typed, pick: null }, contextAt(view.now))),
    choose: (part, { replace = false } = {}) => void setParams(part, { history: replace ? 'replace' : 'push' }),
  }
}

function repeatedOf(read: MomentRead): TargetChoice['repeated'] {
  return 'problem' in read && read.problem.code === 'repeated' ? read.problem : null
}

function settled(at: string | null, zone: string, now: Date): Pick<Typing, 'typed' | 'read'> {
  if (at !== null) return { typed: momentFields(at, zone), read: { at, told: null } }
  const today = momentFields(now.toISOString(), zone).date
  return { typed: { date: today, time: '', zone, pick: null }, read: { problem: { code: 'no-time' } } }
}

/** Whoever comes without a point of their own sees the one that is rehearsed. */
function useRehearsed({ rehearsal }: RestoreView, { at, by, set }: TargetParams, setParams: (part: Partial<TargetParams>) => void) {
  const isEmpty = at === null && by === null && set === null
  const begin = useEffectEvent(() => {
    if (isEmpty && rehearsal) setParams(addressOf(rehearsal))
  })
  useEffect(() => begin(), [])
}

/** The moment a target stands for, where that is known without asking. */
export function useTargetMoment(draft: Draft, view: Pick<RestoreView, 'sets' | 'restorePoints' | 'windows'>): Date | null {
  const { type, moment, set, name } = draft
  const text = type === 'time' && 'at' in moment ? moment.at : null
  const time = useMemo(() => (text === null ? null : new Date(text)), [text])
  if (type === 'time') return time
  if (type === 'latest') return view.windows[0]?.latest ?? null
  if (type === 'set') return view.sets.find(({ repo, label }) => `${repo}/${label}` === set)?.stoppedAt ?? null
  if (type === 'name') return view.restorePoints.find((point) => point.name === name)?.at ?? null
  return null
}
