import { isOn, lineageOf } from '@/lib/restore/lineage/rules'
import { type RestorePoint, type RestoreWish, type Target, targetSchema } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { parseLsn } from '@/lib/restore/wal/rules'
import { type MomentProblem, type TypedMoment, momentFields, readMoment } from './typed-moment'

/** The point to restore to as it stands in the form: each kind keeps its own fields while another one is looked at. */
export type Draft = {
  type: Target['type']
  moment: TypedMoment
  /** "1/20261122-010003F": repository and label */
  set: string
  name: string
  xid: string
  lsn: string
  /** A branch that a restore left; null is the shop as it runs */
  timeline: number | null
}

export type DraftProblem = MomentProblem | { code: 'xid' } | { code: 'lsn' }
/** Without a wish and without a problem it is not filled in yet. */
export type DraftRead = { wish: RestoreWish; problem: null } | { wish: null; problem: DraftProblem | null }

/** Begins with what is rehearsed now, or with the set somebody came for; never on a branch that was left. */
export function draftOf({ rehearsal, timeZone, now, sets }: RestoreView, wantedSet: string | null): Draft {
  const today = momentFields(now.toISOString(), timeZone).date
  const empty: Draft = {
    type: 'time', moment: { date: today, time: '', zone: timeZone, pick: null },
    set: '', name: '', xid: '', lsn: '', timeline: null,
  }
  if (wantedSet && sets.some((set) => setId(set) === wantedSet)) return { ...empty, type: 'set', set: wantedSet }
  const target = rehearsal?.target
  if (!target) return empty
  const draft: Draft = { ...empty, type: target.type, set: `${rehearsal.plan.repo}/${rehearsal.plan.label}` }
  switch (target.type) {
    case 'time':
      return { ...draft, moment: momentFields(target.at, timeZone) }
    case 'name':
      return { ...draft, name: target.name }
    case 'xid':
      return { ...draft, xid: target.xid }
    case 'lsn':
      return { ...draft, lsn: target.lsn }
    default:
      return draft
  }
}

export function setId({ repo, label }: { repo: number; label: string }): string {
  return `${repo}/${label}`
}

export function readDraft(draft: Draft, view: Pick<RestoreView, 'restorePoints' | 'timelines'>): DraftRead {
  const { type, moment, set, name, xid, lsn } = draft
  const timeline = draft.timeline ?? undefined
  switch (type) {
    case 'time': {
      const read = readMoment(moment)
      return 'at' in read ? wishFor({ type, at: read.at }, { timeline }) : { wish: null, problem: read.problem }
    }
    case 'latest':
      return wishFor({ type }, { timeline })
    case 'set': {
      const [repo, label] = set.split('/')
      return label === undefined ? unfilled : wishFor({ type, label }, { repo: Number(repo) })
    }
    case 'name': {
      const point = view.restorePoints.find((one) => one.name === name)
      // Naming a point that lies on a branch that was left is choosing that branch.
      return point ? wishFor({ type, name }, isLeft(point, view) ? { timeline: point.timeline } : {}) : unfilled
    }
    case 'xid':
      return typed(xid.trim(), { type, xid: xid.trim() }, { code: 'xid' }, timeline)
    case 'lsn':
      return typed(lsn.trim(), { type, lsn: lsn.trim().toUpperCase() }, { code: 'lsn' }, timeline)
  }
}

const unfilled: DraftRead = { wish: null, problem: null }

function wishFor(target: Target, besides: Omit<RestoreWish, 'target'>): DraftRead {
  const known = Object.fromEntries(Object.entries(besides).filter(([, value]) => value !== undefined))
  return { wish: { target, ...known }, problem: null }
}

function typed(text: string, target: Target, problem: DraftProblem, timeline: number | undefined): DraftRead {
  if (text === '') return unfilled
  return targetSchema.safeParse(target).success ? wishFor(target, { timeline }) : { wish: null, problem }
}

type Placed = Pick<RestorePoint, 'timeline' | 'lsn'>

/** Whether the running shop did not come by this point. */
export function isLeft({ timeline, lsn }: Placed, { timelines }: Pick<RestoreView, 'timelines'>): boolean {
  const live = timelines.find(({ isLive }) => isLive)
  const lineage = live ? lineageOf(live.id, timelines) : null
  return lineage !== null && !isOn(lineage, { timeline, lsn: parseLsn(lsn) })
}
