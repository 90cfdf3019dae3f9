/** Passwords, made once, and DATA_DIR/env, which scripts source. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { STANZA, shellWord } from './config'
import { type Owner, writeOwnedFile } from './owner'
import type { Paths } from './paths'
import type { Settings } from './settings'

const secretsSchema = z.object({ shop: z.string(), control: z.string(), session: z.string(), admin: z.string() })
export type Secrets = z.infer<typeof secretsSchema>

/** An administrator's password that is given wins over the one made up, and is kept like that one. */
export function keepSecrets({ secrets: file }: Paths, owner: Owner, given: string | undefined): Secrets {
  const made = () => ({ shop: secret(18), control: secret(18), session: secret(32), admin: secret(9) })
  const kept = existsSync(file) ? secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : made()
  const secrets = given ? { ...kept, admin: given } : kept
  writeOwnedFile(file, `${JSON.stringify(secrets, null, 2)}\n`, owner)
  return secrets
}

const secret = (bytes: number) => randomBytes(bytes).toString('base64url')

/** Written to DATA_DIR/env: the shop, the control database, pgBackRest, the dashboard and its first administrator. */
export function contractEnv(settings: Settings, paths: Paths, secrets: Secrets, socketDirectory: string) {
  const loopback = (name: string, password: string, port: number) => `postgresql://${name}:${password}@127.0.0.1:${port}/${name}`
  const socket = new URLSearchParams({ host: socketDirectory, port: String(settings.POSTGRES_PORT), user: 'postgres' })
  return {
    DATABASE_URL: loopback('salespider', secrets.shop, settings.POSTGRES_PORT),
    BACKUP_DATABASE_URL: loopback('backups', secrets.control, settings.CONTROL_PORT),
    SHOP_ADMIN_URL: `postgresql:///salespider?${socket}`,
    PGBACKREST_CONFIG: paths.config,
    PGBACKREST_STANZA: STANZA,
    DASHBOARD_URL: `http://127.0.0.1:${settings.DASHBOARD_PORT}/backups`,
    SUPER_ADMIN_EMAIL: settings.SUPER_ADMIN_EMAIL,
    SUPER_ADMIN_PASSWORD: secrets.admin,
  }
}
export type ContractEnv = ReturnType<typeof contractEnv>

export const envFile = (env: ContractEnv) => Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}\n`).join('')
