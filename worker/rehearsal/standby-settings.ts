/** What a hot standby must have at least as much of as the primary ever had; else PostgreSQL pauses or refuses. */
import { logger } from '@/lib/logger'
import type { Settings } from '../postgres/recovery-settings'
import { withShop } from '../postgres/session'

export const standbySettingNames = [
  'max_connections', 'max_worker_processes', 'max_wal_senders', 'max_prepared_transactions', 'max_locks_per_transaction',
] as const

/** The larger of each: the copy remembers what it was made with, the shop what it runs with now. */
export function largerOf(...sides: readonly Readonly<Record<string, number>>[]): Settings {
  const known = standbySettingNames.map((name) => [name, Math.max(0, ...sides.map((side) => side[name] ?? 0))] as const)
  return Object.fromEntries(known.filter(([, value]) => value > 0).map(([name, value]) => [name, String(value)]))
}

/** What the shop runs with now; nothing while it does not answer. */
export async function readStandbySettings(shopUrl: string): Promise<Record<string, number>> {
  try {
    const rows = await withShop(shopUrl, async (client) =>
      (await client.query<{ name: string; setting: string }>('SELECT name, setting FROM pg_settings WHERE name = ANY($1)', [standbySettingNames])).rows)
    return Object.fromEntries(rows.map(({ name, setting }) => [name, Number(setting)]))
  } catch (error) {
    logger.debug({ error: String(error) }, 'the shop does not tell its settings')
    return {}
  }
}
