/** What `make start` is told by the environment. */
import { z } from 'zod'
import { StepFailed } from './steps'

/** `NAME= make start` means unset. */
const unlessEmpty = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema)
const port = (usual: number) => unlessEmpty(z.coerce.number().int().min(1024).max(65_535).default(usual))

const schema = z.object({
  /** Absolute and without links: start resolves it */
  DATA_DIR: z.string().startsWith('/'),
  DASHBOARD_PORT: port(3100),
  POSTGRES_PORT: port(54_320),
  CONTROL_PORT: port(54_321),
  /** Mean seconds between two live sales, 0 for none */
  DEMO_TRAFFIC: unlessEmpty(z.coerce.number().min(0).optional()),
  /** MB the shop's database is to have */
  DEMO_SIZE: unlessEmpty(z.coerce.number().positive().optional()),
  SUPER_ADMIN_EMAIL: unlessEmpty(z.email().default('owner@shop.example')),
  SUPER_ADMIN_PASSWORD: unlessEmpty(z.string().min(8).regex(/^.*$/, 'one line').optional()),
})

export type Settings = z.infer<typeof schema> & {
  /** BACKUP_SCHEDULE_FULL and the like, which the worker reads */
  backup: Record<string, string>
}

/** Throws StepFailed, which names what is wrong. */
export function readSettings(): Settings {
  const result = schema.safeParse(process.env)
  if (!result.success) {
    throw new StepFailed(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
  }
  const backup = Object.entries(process.env).filter(([name]) => name.startsWith('BACKUP_') && name !== 'BACKUP_DATABASE_URL')
  return { ...result.data, backup: Object.fromEntries(backup.map(([name, value]) => [name, value ?? ''])) }
}
