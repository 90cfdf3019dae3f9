/** Whether the shop's history went through the moment of the rehearsal. */
import { lineageOf, parseHistory } from '@/lib/restore/lineage/rules'
import { parseLsn } from '@/lib/restore/wal/rules'
import { LIVE_TIMELINE } from '../postgres/live-timeline'
import type { Sessions } from './sides'

const NOW = `
  SELECT timeline, (SELECT system_identifier::text FROM pg_control_system()),
    pg_read_file('pg_wal/' || lpad(upper(to_hex(timeline)), 8, '0') || '.history', 0, 1000000, true)
  FROM (SELECT ${LIVE_TIMELINE} AS timeline) t`
const THEN = `
  SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text END,
    (SELECT system_identifier::text FROM pg_control_system()),
    CASE current_setting('recovery_target_timeline')
      WHEN 'current' THEN (SELECT timeline_id::text FROM pg_control_checkpoint())
      ELSE current_setting('recovery_target_timeline') END`

/**
 * On another branch the same place and the same transaction number can be two different rows. False also where it cannot be
 * told: a target of `latest` names no timeline.
 */
export async function isDescendant({ then, now }: Sessions): Promise<boolean> {
  const [copy] = await then.query<[lsn: string | null, systemId: string, timeline: string]>(THEN)
  const [shop] = await now.query<[timeline: number, systemId: string, history: string | null]>(NOW)
  if (!copy || !shop || copy[0] === null || copy[1] !== shop[1] || !/^\d+$/.test(copy[2])) return false
  const lineage = lineageOf(shop[0], [{ id: shop[0], parents: parseHistory(shop[2] ?? '') }]) ?? []
  const reached = parseLsn(copy[0])
  return lineage.some(({ timeline, to }) => timeline === Number(copy[2]) && (to === null || reached <= to))
}
