/** Roles, which a restore rewinds with their passwords. */
import type { Comparison } from '@/lib/restore/comparison/schema'
import { sideOf } from './definitions'
import type { Session } from './session'
import type { OfBoth } from './sides'

/** What of a role can differ, by name: text that is the same when it is. A password's own hash stays where it is. */
export type Role = { name: string; traits: Record<string, string> }

const ROLES = `
  SELECT r.rolname, jsonb_build_object(
    'attributes', (to_jsonb(r) - '{oid,rolname,rolpassword}'::text[])::text,
    'password', md5(coalesce(r.rolpassword, '')),
    'memberships', coalesce((
      SELECT string_agg(g.rolname || (to_jsonb(m) - '{oid,roleid,member,grantor}'::text[])::text, ' ' ORDER BY g.rolname)
      FROM pg_auth_members m JOIN pg_authid g ON g.oid = m.roleid WHERE m.member = r.oid), ''))
  FROM pg_authid r WHERE r.rolname !~ '^pg_'`

export async function listRoles(session: Session): Promise<Role[]> {
  const rows = await session.query<[string, Record<string, string>]>(ROLES)
  return rows.map(([name, traits]) => ({ name, traits }))
}

export function differingRoles({ then, now }: OfBoth<Role[]>): Comparison['roles'] {
  const names = new Set([...then, ...now].map(({ name }) => name))
  return [...names].toSorted().flatMap((name) => {
    const [before, after] = [then, now].map((roles) => roles.find((role) => role.name === name)?.traits)
    const what = before && after ? Object.keys(after).filter((trait) => before[trait] !== after[trait]) : []
    return before && after && what.length === 0 ? [] : [{ name, side: sideOf(before, after), what }]
  })
}
