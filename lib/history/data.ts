/** Reads the catalog by families, so that what is read is bounded by what is shown, not by how many sets there are. */
import { type Db, readTogether } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'
import { type JobRow, activeJobs, toOverviewJob } from '@/lib/health/activity/data'
import { type ClusterObservation, clusterObservationSchema } from '@/lib/health/schema'
import { type Policy, policySchema } from '@/lib/policy/schema'
import { keptUntil } from '@/lib/retention/rules'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { type Member, type RunningBackup, arrangeFamily, runningBackups, withBrokenChains } from './arrange/rules'
import {
  type FamilySummary, type Head, type LastExpired, type MemberRow,
  conditionOf, familySummaries, headsOf, lastExpired, listMembers, startersOf,
} from './families/data'
import { fullOf, isNarrowed, parseSetId, stateOf } from './rules'
import type { FamilyView, History, HistoryQuery } from './schema'

/** Of a family nobody asked for in full only the newest sets are shown; of one that is, still not thousands. */
const NEWEST = 40
const MOST = 400

export type HistoryContext = { live: ClusterObservation | null; policy: Policy | null; timeZone: string }

/** What the worker knows of the stanza, as far as history needs it. */
export async function getHistoryContext(db: Db, stanza: string): Promise<HistoryContext> {
  const [row] = await db.$queryRaw<{ observation: unknown; policy: unknown; shop: unknown }[]>`
    SELECT "observation", "policy", "shop" FROM "stanza" WHERE "name" = ${stanza}`
  return {
    live: row?.observation ? clusterObservationSchema.parse(row.observation) : null,
    policy: row?.policy ? policySchema.parse(row.policy) : null,
    timeZone: shopProfileSchema.parse(row?.shop ?? {}).timeZone,
  }
}

export async function readHistory(db: Db, stanza: string, query: HistoryQuery, now: Date): Promise<History> {
  const context = await getHistoryContext(db, stanza)
  const condition = conditionOf(query, context.timeZone)
  const { summaries, heads, starters, expired, active } = await readLists(db, stanza, condition, query)
  const wanted = summaries.map((summary) => ({ repoKey: summary.repoKey, full: summary.full, cap: capOf(summary, heads, query) }))
  const rows = await listMembers(db, stanza, condition, wanted)
  const running = isNarrowed(query)
    ? []
    : runningBackups(active.map((job) => toOverviewJob(job, now)), heads).filter(({ repoKey }) => !query.repo || repoKey === query.repo)
  const families = summaries.map((summary) => toView(summary, { rows, heads, running, query, context, now }))
  return {
    now,
    hasSets: heads.some(({ newest }) => newest !== null),
    matching: {
      sets: summaries[0]?.allSets ?? 0,
      stored: summaries[0]?.allStored ?? 0,
      families: summaries[0]?.allFamilies ?? 0,
    },
    families: [...running.filter(({ prior }) => !prior).map(toNewFamily), ...families],
    repositories: heads.map(({ key, type, location }) => ({ key, type, location })),
    starters: starters.map(({ name }) => name),
    lastExpired: expired[0] ?? null,
  }
}

/** All but the sets themselves, in one statement. */
function readLists(db: Db, stanza: string, condition: Prisma.Sql, { families }: HistoryQuery) {
  return readTogether<{
    summaries: FamilySummary; heads: Head; starters: { name: string }; expired: LastExpired; active: JobRow
  }>(db, {
    summaries: familySummaries(stanza, condition, families),
    heads: headsOf(stanza),
    starters: startersOf(stanza),
    expired: lastExpired(stanza),
    active: activeJobs(stanza),
  })
}

/** How many sets of a family are read besides its full. */
function capOf({ repoKey, full }: Pick<FamilySummary, 'repoKey' | 'full'>, heads: Head[], query: HistoryQuery): number {
  const open = query.open && parseSetId(query.open)
  const asked = query.unfold.includes(`${repoKey}/${full}`) || (open && open.repoKey === repoKey && fullOf(open.label) === full)
  if (asked || isNarrowed(query)) return MOST
  return heads.some((head) => head.key === repoKey && head.newest && fullOf(head.newest) === full) ? NEWEST : 0
}

type Read = {
  rows: MemberRow[]
  heads: Head[]
  running: RunningBackup[]
  query: HistoryQuery
  context: HistoryContext
  now: Date
}

function toView({ repoKey, full, ...summary }: FamilySummary, { rows, heads, running, query, context, now }: Read): FamilyView {
  const key = `${repoKey}/${full}`
  const mine = rows.filter((row) => row.repoKey === repoKey && row.full === full).map((row) => toMember(row, heads, context))
  const members = withBrokenChains(mine)
  const isMine = (backup: RunningBackup) => backup.repoKey === repoKey && backup.prior !== null && fullOf(backup.prior) === full
  const canOpen = capOf({ repoKey, full }, heads, query) < MOST
  const kept = context.policy && keptUntil('full', { fulls: summary.newerFulls, fullsAndDiffs: null }, context.policy, now)
  return {
    key,
    repoKey,
    keptUntil: kept?.at ?? null,
    unfolded: query.unfold.includes(key) && !isNarrowed(query),
    rows: arrangeFamily({ key, label: full, ...summary, members, running: running.filter(isMine), canOpen }),
  }
}

function toNewFamily(backup: RunningBackup): FamilyView {
  const family = {
    key: backup.id,
    label: backup.id,
    diffs: 0,
    incrs: 0,
    stored: 0,
    members: [],
    running: [backup],
    canOpen: false,
  }
  return { key: backup.id, repoKey: backup.repoKey, keptUntil: null, unfolded: false, rows: arrangeFamily(family) }
}

function toMember(row: MemberRow, heads: Head[], { live }: HistoryContext): Member {
  const { repoKey, label, type, prior, startedAt, stoppedAt, stored, matches, annotation } = row
  return {
    id: `${repoKey}/${label}`,
    label, type, prior, startedAt, stoppedAt, stored, matches,
    state: stateOf(row, live),
    start: { trigger: annotation.trigger ?? null, by: annotation.by ?? null, reason: annotation.reason ?? null },
    newest: heads.some((head) => head.key === repoKey && head.newest === label),
  }
}

/** How many sets stand in the repositories. */
export async function countBackupSets(db: Db, stanza: string): Promise<number> {
  return db.backupSet.count({ where: { stanzaName: stanza, expiredAt: null } })
}
