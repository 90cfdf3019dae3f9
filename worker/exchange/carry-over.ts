/** What the running shop has that the copy, being older, has not: its configuration and its roles' passwords. */
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { escapeIdentifier, escapeLiteral } from 'pg'
import { JobFailed, type WorkerContext } from '../context'
import { AUTO_CONF, withoutRecovery } from '../postgres/auto-conf'
import { withShop } from '../postgres/session'
import type { SideCluster } from '../postgres/side-cluster'

/** Files and the directory in which a cluster's configuration lives, where it lives in the cluster at all */
const CONFIGURATION = /^(?:[\w.-]+\.conf|conf\.d)$/

/** The live cluster's files in place of the copy's; returns the names of those that differed. */
export async function carryConfiguration(live: string, copy: string): Promise<string[]> {
  const carried: string[] = []
  for (const entry of await readdir(live, { withFileTypes: true })) {
    if (!CONFIGURATION.test(entry.name) || entry.name === AUTO_CONF) continue
    const [from, to] = [path.join(live, entry.name), path.join(copy, entry.name)]
    if (entry.isFile() && (await isSame(from, to))) continue
    await rm(to, { recursive: true, force: true })
    await cp(from, to, { recursive: true, preserveTimestamps: true })
    carried.push(entry.name)
  }
  const own = withoutRecovery(await readFile(path.join(live, AUTO_CONF), 'utf8'))
  if (own !== withoutRecovery(await readFile(path.join(copy, AUTO_CONF), 'utf8'))) carried.push(AUTO_CONF)
  await writeFile(path.join(copy, AUTO_CONF), own, { mode: 0o600 })
  return carried
}

/** For a cluster that is going to be written over. Once: after that what is in it is no longer its own. */
export async function keepConfiguration(cluster: string, aside: string): Promise<void> {
  if (existsSync(aside)) return
  const unfinished = `${aside}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  for (const name of (await readdir(cluster)).filter((entry) => CONFIGURATION.test(entry))) {
    await cp(path.join(cluster, name), path.join(unfinished, name), { recursive: true, preserveTimestamps: true })
  }
  await rename(unfinished, aside)
}

async function isSame(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([readFile(a), readFile(b).catch(() => null)])
  return other !== null && one.equals(other)
}

export type Login = { name: string; password: string | null; connected: boolean }

const LOGINS = `
  SELECT r.rolname AS name, r.rolpassword AS password, EXISTS (
    SELECT FROM pg_stat_activity a WHERE a.usesysid = r.oid AND a.application_name NOT LIKE 'salespider-backup%') AS connected
  FROM pg_authid r WHERE r.rolcanlogin`

export async function readLogins({ env }: WorkerContext): Promise<Login[]> {
  return withShop(env.shopUrl, async (client) => (await client.query<Login>(LOGINS)).rows)
}

/**
 * Sets in the promoted copy the passwords that the shop's roles have now. Whoever is signed in to the shop at this moment must be
 * able to sign in afterwards too: throws JobFailed where the copy does not know the role.
 */
export async function carryPasswords(context: WorkerContext, side: SideCluster, carry: boolean): Promise<string[]> {
  const live = await readLogins(context)
  const known = new Set((await side.query<Login>(LOGINS)).map(({ name }) => name))
  const stranger = live.find(({ name, connected }) => connected && !known.has(name))
  if (stranger) throw new JobFailed({ code: 'shop-role-refused', params: { role: stranger.name } })
  return carry ? setPasswords(side, live) : []
}

/** Of the roles that the copy knows; returns the names of those whose password was another. */
export async function setPasswords(side: SideCluster, live: readonly Login[]): Promise<string[]> {
  const then = new Map((await side.query<Login>(LOGINS)).map((login) => [login.name, login.password]))
  const changed = live.filter(({ name, password }) => then.has(name) && then.get(name) !== password)
  for (const { name, password } of changed) {
    const value = password === null ? 'NULL' : escapeLiteral(password)
    await side.query(`ALTER ROLE ${escapeIdentifier(name)} PASSWORD ${value}`)
  }
  return changed.map(({ name }) => name)
}
