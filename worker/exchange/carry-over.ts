/** What the running shop has that the copy, being older, has not: its configuration and its roles' passwords. */
import { cp, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { escapeIdentifier, escapeLiteral } from 'pg'
import { JobFailed, type WorkerContext } from '../context'
import { AUTO_CONF, recoveryOf, withoutRecovery } from '../postgres/auto-conf'
import { withShop } from '../postgres/session'
import type { SideCluster } from '../postgres/side-cluster'

/** Files and the directory in which a cluster's configuration lives, where it lives in the cluster at all */
const CONFIGURATION = /^(?:[\w.-]+\.conf|conf\.d)$/

type Carry = { /** The copy has still to be recovered: by what its own postgresql.auto.conf says */ keepRecovery?: boolean }

/** The live cluster's files in place of the copy's; returns the names of those that differed. */
export async function carryConfiguration(live: string, copy: string, { keepRecovery = false }: Carry = {}): Promise<string[]> {
  const carried: string[] = []
  for (const entry of await readdir(live, { withFileTypes: true })) {
    if (!CONFIGURATION.test(entry.name) || entry.name === AUTO_CONF) continue
    const [from, to] = [path.join(live, entry.name), path.join(copy, entry.name)]
    if (entry.isFile() && (await isSame(from, to))) continue
    await cp(from, to, { recursive: true, force: true, preserveTimestamps: true })
    carried.push(entry.name)
  }
  const own = withoutRecovery(await readFile(path.join(live, AUTO_CONF), 'utf8'))
  if (own !== withoutRecovery(await readFile(path.join(copy, AUTO_CONF), 'utf8'))) carried.push(AUTO_CONF)
  const recovery = keepRecovery ? recoveryOf(await readFile(path.join(copy, AUTO_CONF), 'utf8')) : ''
  await writeFile(path.join(copy, AUTO_CONF), own + recovery, { mode: 0o600 })
  return carried
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([readFile(a), readFile(b).catch(() => null)])
  return other !== null && one.equals(other)
}

type Login = { name: string; password: string | null; connected: boolean }

const LOGINS = `
  SELECT r.rolname AS name, r.rolpassword AS password, EXISTS (
    SELECT FROM pg_stat_activity a WHERE a.usesysid = r.oid AND a.application_name NOT LIKE 'salespider-backup%') AS connected
  FROM pg_authid r WHERE r.rolcanlogin`

/**
 * Sets in the promoted copy the passwords that the shop's roles have now. Whoever is signed in to the shop at this moment must be
 * able to sign in afterwards too: throws JobFailed where the copy does not know the role.
 */
export async function carryPasswords({ env }: WorkerContext, side: SideCluster, carry: boolean): Promise<string[]> {
  const live = await withShop(env.shopUrl, async (client) => (await client.query<Login>(LOGINS)).rows)
  const then = new Map((await side.query<Login>(LOGINS)).map((login) => [login.name, login]))
  const stranger = live.find(({ name, connected }) => connected && !then.has(name))
  if (stranger) throw new JobFailed({ code: 'shop-role-refused', params: { role: stranger.name } })
  const changed = carry ? live.filter(({ name, password }) => then.has(name) && then.get(name)?.password !== password) : []
  for (const { name, password } of changed) {
    const value = password === null ? 'NULL' : escapeLiteral(password)
    await side.query(`ALTER ROLE ${escapeIdentifier(name)} PASSWORD ${value}`)
  }
  return changed.map(({ name }) => name)
}
