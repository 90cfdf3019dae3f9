import { isOn, lineageOf } from '@/lib/restore/lineage/rules'
import { type Rehearsal, type RestorePoint, type RestoreWish, type Target, targetSchema } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { parseLsn } from '@/lib/restore/wal/rules'
import type { TargetParams } from './picker/address'
import type { MomentProblem, MomentRead } from './typed-moment'

/** The point to restore to as it stands on the page: each kind keeps its own value while another one is looked at. */
export type Draft = {
  type: Target['type']
  moment: MomentRead
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

/** The page begins with what is rehearsed now; never on a branch that was left. */
export function addressOf({ target, plan }: Pick<Rehearsal, 'target' | 'plan'>): Partial<TargetParams> {
  switch (target.type) {
    case 'time':
      return { at: target.at }
    case 'set':
      return { by: 'set', set: setId(plan) }
    case 'name':
      return { by: 'name', name: target.name }
    case 'xid':
      return { by: 'xid', xid: target.xid }
    case 'lsn':
      return { by: 'lsn', lsn: target.lsn }
    case 'latest':
      return { by: 'latest' }
  }
}

export function setId({ repo, label }: { repo: number; label: string }): string {
  return `${repo}/${label}`
}

export function readDraft(draft: Draft, view: Pick<RestoreView, 'restorePoints' | 'timelines'>): DraftRead {
  const { type, moment, set, name, xid, lsn } = draft
  const timeline = draft.timeline ?? undefined
  switch (type) {
    case 'time':
      return 'at' in moment ? wishFor({ type, at: moment.at }, { timeline: branchFor(moment.at, draft, view) }) : { wish: null, problem: moment.problem }
    case 'latest':
      return wishFor({ type }, { timeline })
    case 'set': {
      const [repo, label] = set.split('/')
      return label === undefined ? unfilled : typed(label, { type, label }, null, { repo: Number(repo) })
    }
    case 'name': {
      const point = view.restorePoints.find((one) => one.name === name)
      // Naming a point that lies on a branch that was left is choosing that branch.
      return point ? wishFor({ type, name }, isLeft(point, view) ? { timeline: point.timeline } : {}) : unfilled
    }
    case 'xid':
      return typed(xid.trim(), { type, xid: xid.trim() }, { code: 'xid' }, { timeline })
    case 'lsn':
      return typed(lsn.trim(), { type, lsn: lsn.trim().toUpperCase() }, { code: 'lsn' }, { timeline })
  }
}

const unfilled: DraftRead = { wish: null, problem: null }

/** A branch that was chosen is meant as long as it was lived then: what came after its end was lived on another. */
function branchFor(at: string, { timeline }: Draft, { timelines }: Pick<RestoreView, 'timelines'>): number | undefined {
  const endedAt = timelines.find(({ id }) => id === timeline)?.endedAt
  return timeline !== null && endedAt && new Date(at) <= endedAt ? timeline : undefined
}

function wishFor(target: Target, besides: Omit<RestoreWish, 'target'>): DraftRead {
  const known = Object.fromEntries(Object.entries(besides).filter(([, value]) => value !== undefined))
  return { wish: { target, ...known }, problem: null }
}

function typed(text: string, target: Target, problem: DraftProblem | null, besides: Omit<RestoreWish, 'target'>): DraftRead {
  if (text === '') return unfilled
  return targetSchema.safeParse(target).success ? wishFor(target, besides) : { wish: null, problem }
}

type Placed = Pick<RestorePoint, 'timeline' | 'lsn'>

/** Whether the running shop did not come by this point. */
export function isLeft({ timeline, lsn }: Placed, { timelines }: Pick<RestoreView, 'timelines'>): boolean {
  const live = timelines.find(({ isLive }) => isLive)
  const lineage = live ? lineageOf(live.id, timelines) : null
  return lineage !== null && !isOn(lineage, { timeline, lsn: parseLsn(lsn) })
}
