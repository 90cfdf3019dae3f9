import { z } from 'zod'
import { isHosted } from '@/lib/hosted/rules'

/** Empty means unset: compose files pass `NAME=` for what nobody filled in. */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

const envSchema = z.object({
  /** The shop's own database, read for the timeline; without it the timeline shows backups and WAL alone */
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  BACKUP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  PGBACKREST_STANZA: z.string().default('salespider'),
  DASHBOARD_URL: z.url().default('http://127.0.0.1:3100/backups'),
  NEXTAUTH_SECRET: z.string().min(32),
  SUPER_ADMIN_EMAIL: optional(z.email()),
  SUPER_ADMIN_PASSWORD: optional(z.string().min(8)),
  /** SaleSpider's own: with it the shop's people sign in here as they are, and no account is kept here */
  JWT_SECRET: optional(z.string().min(16)),
  /** Where SaleSpider answers this server: its name, logo, colours and formats become ours */
  SALESPIDER_URL: optional(z.url({ protocol: /^https?$/ })),
  /** These two say whether the database and its backups are somebody else's */
  SETUP_BACKUP: optional(z.string().trim()),
  PGBACKREST_REPO1_TYPE: optional(z.string().trim()),
}).superRefine(({ JWT_SECRET, NEXTAUTH_SECRET, DATABASE_URL, ...deployment }, context) => {
  const problem = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
  if (JWT_SECRET && JWT_SECRET === NEXTAUTH_SECRET) {
    problem('NEXTAUTH_SECRET', 'must differ from JWT_SECRET: whoever learns the shop’s could make sessions here.')
  }
  if (JWT_SECRET && !DATABASE_URL) {
    problem('DATABASE_URL', 'is needed with JWT_SECRET: what the shop’s people may do stands in its database.')
  }
  if (isHosted(deployment) && !DATABASE_URL) {
    problem('DATABASE_URL', 'is needed where somebody else runs the database: it says who does.')
  }
})
export type DashboardEnv = z.infer<typeof envSchema>

/** `next dev`, not a build. */
export const isDevelopment = process.env.NODE_ENV === 'development'

let parsed: DashboardEnv | undefined

/** The dashboard's environment, parsed once. Throws with every problem named: name, what is wrong. */
export function env(): DashboardEnv {
  if (parsed) return parsed
  const result = envSchema.safeParse(process.env)
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The dashboard's environment is not usable.\n  ${problems.join('\n  ')}`)
  }
  // next-auth reads this one itself: it has to know the same address.
  process.env.NEXTAUTH_URL = `${result.data.DASHBOARD_URL.replace(/\/$/, '')}/api/auth`
  return (parsed = result.data)
}

/** For the start: ends the process, with words, where the environment is not usable. It would only be met at the first request. */
export function requireEnv(): void {
  try {
    env()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
