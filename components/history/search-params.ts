/** The filters in the address: one description for the page, the route handler and the browser. */
import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import { parseJobId } from '@/lib/history/rules'
import type { HistoryQuery } from '@/lib/history/schema'
import { backupTypes, jobKinds, jobStatuses, jobTriggers } from '@/lib/jobs/schema'

export const FAMILIES_A_PAGE = 12
const MOST_FAMILIES = 240
const LONGEST_TEXT = 100

export const setParams = {
  type: parseAsStringLiteral(backupTypes),
  repo: parseAsInteger,
  by: parseAsString,
  since: parseAsString,
  q: parseAsString,
  set: parseAsString,
  unfold: parseAsArrayOf(parseAsString).withDefault([]),
  fulls: parseAsInteger.withDefault(FAMILIES_A_PAGE),
  expired: parseAsBoolean.withDefault(false),
}
export type SetParams = inferParserType<typeof setParams>
export const loadSetParams = createLoader(setParams)
export const serializeSetParams = createSerializer(setParams)

export function toHistoryQuery({ type, repo, by, since, q, set, unfold, fulls }: SetParams): HistoryQuery {
  return {
    type,
    repo,
    by: cut(by),
    text: cut(q),
    since: since && /^\d{4}-\d{2}-\d{2}$/.test(since) ? since : null,
    open: set,
    unfold: unfold.slice(0, MOST_FAMILIES),
    families: Math.min(Math.max(fulls, 1), MOST_FAMILIES),
  }
}

export const jobParams = {
  kind: parseAsStringLiteral(jobKinds),
  status: parseAsStringLiteral(jobStatuses),
  trigger: parseAsStringLiteral(jobTriggers),
  q: parseAsString,
  before: parseAsString,
  after: parseAsString,
}
export type JobParams = inferParserType<typeof jobParams>
export const loadJobParams = createLoader(jobParams)
export const serializeJobParams = createSerializer(jobParams)

export function toJobQuery({ kind, status, trigger, q, before, after }: JobParams) {
  const search = cut(q)
  return {
    filter: {
      kinds: kind ? [kind] : [],
      statuses: status ? [status] : [],
      triggers: trigger ? [trigger] : [],
      ...(search && { search }),
    },
    cursor: { before: parseJobId(before) ?? undefined, after: parseJobId(after) ?? undefined },
  }
}

function cut(text: string | null): string | null {
  return text?.trim().slice(0, LONGEST_TEXT) || null
}
