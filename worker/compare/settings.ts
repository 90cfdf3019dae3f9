/** Settings that lie in the data directory and in the catalog, and so are rewound. */
import type { Comparison } from '@/lib/restore/comparison/schema'
import { cut } from './cut'
import { isSecretName } from './rules'
import type { Session } from './session'
import type { OfBoth } from './sides'

/** One line of the configuration files, in the order in which they are read: the last one counts. */
export type FileSetting = { name: string; value: string; file: string }
/** What the catalog sets for a database or a role, by the command that would. */
export type CatalogSetting = { name: string; value: string }
export type SideSettings = { files: FileSetting[]; catalog: CatalogSetting[] }

const FILES = `
  SELECT name, coalesce(setting, ''), coalesce(sourcefile, '') FROM pg_file_settings WHERE name IS NOT NULL ORDER BY seqno`
const CATALOG = `
  SELECT concat_ws(' ', 'ALTER', CASE WHEN s.setrole <> 0 THEN 'ROLE ' || r.rolname WHEN s.setdatabase = 0 THEN 'ROLE ALL' END,
      CASE WHEN s.setdatabase <> 0 THEN CASE WHEN s.setrole <> 0 THEN 'IN ' ELSE '' END || 'DATABASE ' || d.datname END,
      'SET', split_part(c, '=', 1)), substr(c, strpos(c, '=') + 1)
  FROM pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) c
  LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_authid r ON r.oid = s.setrole`

export async function readSettings(session: Session): Promise<SideSettings> {
  const files = await session.query<[string, string, string]>(FILES)
  const catalog = await session.query<[string, string]>(CATALOG)
  return {
    files: files.map(([name, value, file]) => ({ name, value, file })),
    catalog: catalog.map(([name, value]) => ({ name, value })),
  }
}

/** How to recover, which is no setting of the shop. */
const RECOVERY = /^(?:recovery_(?:target\w*|end_command|min_apply_delay)|(?:restore|archive_cleanup)_command|primary_\w+)$/
const SHOWN_CHARACTERS = 500

export function differingSettings({ then, now }: OfBoth<SideSettings>): Comparison['settings'] {
  const restored = then.files.some(isArchivingOff)
  const isOwn = ({ name }: { name: string }) => !RECOVERY.test(name) && !(restored && name === 'archive_mode')
  const [before, after] = [then, now].map(({ files, catalog }) => new Map([
    ...files.filter(isOwn).map(({ name, value }): [string, string] => [name.toLowerCase(), value]),
    ...catalog.map(({ name, value }): [string, string] => [name, value]),
  ]))
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])
  return [...names]
    .filter((name) => before?.get(name) !== after?.get(name))
    .toSorted()
    .map((name) => ({ name, then: shown(name, before?.get(name)), now: shown(name, after?.get(name)) }))
}

/** pgBackRest writes it into a copy, so that nobody's archive is written by one that was started by hand. */
function isArchivingOff({ name, value, file }: FileSetting): boolean {
  return name === 'archive_mode' && value === 'off' && file.endsWith('postgresql.auto.conf')
}

function shown(name: string, value: string | undefined): string | null {
  if (value === undefined) return null
  return isSecretName(name) ? 'hidden' : cut(value, SHOWN_CHARACTERS)
}
