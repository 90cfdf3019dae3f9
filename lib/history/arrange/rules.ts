import type { OverviewJob } from '@/lib/health/schema'
import type { JobRow, Row, SetRow } from '../schema'

export type Member = Omit<SetRow, 'kind' | 'lane' | 'parent' | 'context'> & { prior: string | null; matches: boolean }
/** `prior` is null for a full, and for what becomes one because there is nothing to build on. */
export type RunningBackup = Omit<JobRow, 'kind' | 'lane' | 'parent'> & { repoKey: number; prior: string | null }

export type Family = {
  /** `<repository>/<label of the full>` */
  key: string
  /** Of the full */
  label: string
  /** Sets that match, without the full, and what they occupy in bytes */
  diffs: number
  incrs: number
  stored: number
  /** The full, and the newest of the others or all of them */
  members: Member[]
  running: RunningBackup[]
  /** Whether what is folded can be shown */
  canOpen: boolean
}

type Unplaced<R> = R extends unknown ? Omit<R, 'lane' | 'parent'> : never
type Node = { label: string; prior: string | null; time: number; row: Unplaced<SetRow | JobRow> }

/**
 * The rows of a family in the order they stand: under each set what builds on it, newest first; an incremental on an
 * incremental goes on in the same lane. What is not shown is one folded row; what builds on it stands below that.
 */
export function arrangeFamily(family: Family): Row[] {
  const nodes = [...family.running.map(toRunningNode), ...withAncestors(family.members).map(toNode)]
  const root = nodes.find(({ label }) => label === family.label)
  const children = groupByPrior(nodes.filter((node) => node !== root))
  const rows: Row[] = []

  function place(node: Node, lane: number, parent: number | null): void {
    const at = rows.push({ ...node.row, lane, parent }) - 1
    const below = children.get(node.label) ?? []
    for (const child of below) {
      const goesOn = child.row.type === 'incr' && node.row.type === 'incr' && child === below.at(-1)
      place(child, goesOn ? lane : lane + 1, at)
    }
  }

  if (root) place(root, 0, null)
  else rows.push({ kind: 'gone', id: `gone/${family.key}`, label: family.label, lane: 0, parent: null })
  const fold = foldOf(family)
  const foldAt = fold ? rows.push(fold) - 1 : null
  const known = new Set(nodes.map(({ label }) => label))
  const strays = [...children].flatMap(([prior, below]) => (known.has(prior) ? [] : below))
  for (const node of strays) place(node, 1, isCut(node) ? null : foldAt)
  return rows
}

/** Whatever builds on a set that cannot be restored cannot be either. */
export function withBrokenChains(members: Member[]): Member[] {
  const broken = new Set<string>()
  return members.toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime()).map((member): Member => {
    if (member.state !== 'incomplete' && !broken.has(member.prior ?? '')) return member
    broken.add(member.label)
    return { ...member, state: 'incomplete' }
  })
}

/** What it builds on is gone, not folded. */
function isCut({ row }: Node): boolean {
  return row.kind === 'set' && row.state === 'incomplete'
}

/** Newest first. */
function groupByPrior(nodes: Node[]): Map<string, Node[]> {
  const groups = new Map<string, Node[]>()
  for (const node of nodes.toSorted((a, b) => b.time - a.time)) {
    const prior = node.prior ?? ''
    groups.set(prior, [...(groups.get(prior) ?? []), node])
  }
  return groups
}

/** The members that match, what those build on, and the full. */
function withAncestors(members: Member[]): Member[] {
  const byLabel = new Map(members.map((member) => [member.label, member]))
  const wanted = new Set<Member>()
  for (const match of members.filter(({ matches }) => matches)) {
    for (let at: Member | undefined = match; at && !wanted.has(at); at = byLabel.get(at.prior ?? '')) wanted.add(at)
  }
  return members.filter((member) => wanted.has(member) || member.type === 'full')
}

function foldOf({ key, diffs, incrs, stored, members, canOpen }: Family): Row | null {
  const shown = members.filter(({ type, matches }) => matches && type !== 'full')
  const countOf = (wanted: string) => shown.filter(({ type }) => type === wanted).length
  const hidden = { diffs: diffs - countOf('diff'), incrs: incrs - countOf('incr') }
  if (hidden.diffs + hidden.incrs <= 0) return null
  const left = stored - shown.reduce((sum, member) => sum + member.stored, 0)
  return { kind: 'fold', id: `fold/${key}`, ...hidden, stored: left, canOpen, lane: 1, parent: 0 }
}

function toNode({ prior, matches, ...set }: Member): Node {
  return { label: set.label, prior, time: set.stoppedAt.getTime(), row: { kind: 'set', ...set, context: !matches } }
}

function toRunningNode({ prior, repoKey: _, ...job }: RunningBackup): Node {
  return { label: job.id, prior, time: Number.MAX_SAFE_INTEGER, row: { kind: 'job', ...job } }
}

type Head = { key: number; newest: string | null; full: string | null }

/** Backups that run now, each with the set pgBackRest builds it on: the newest of its repository, or its newest full. */
export function runningBackups(active: OverviewJob[], heads: Head[]): RunningBackup[] {
  return active.flatMap((job) => {
    const { kind, status, type, repo } = job
    if (status !== 'RUNNING' || kind !== 'backup' || !type || repo === null) return []
    const head = heads.find(({ key }) => key === repo)
    const prior = (type === 'full' ? null : type === 'diff' ? head?.full : head?.newest) ?? null
    return [
      {
        id: `job/${job.id}`,
        jobId: job.id,
        repoKey: repo,
        prior,
        type: prior ? type : 'full',
        lost: job.lost,
        startedAt: job.claimedAt ?? job.createdAt,
        percent: job.progress?.percent ?? null,
        bytesDone: job.progress?.bytesDone ?? null,
        secondsLeft: job.progress?.secondsLeft ?? null,
        start: { trigger: job.trigger, by: job.actorName, reason: job.reason },
      },
    ]
  })
}
