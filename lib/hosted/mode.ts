import { env } from '@/lib/env'
import { type HostedDatabase, isHosted, readHostedDatabase } from './rules'

/** The database that somebody else runs and backs up, or null where this deployment does. */
export function hostedDatabase(): HostedDatabase | null {
  const { DATABASE_URL = '', ...deployment } = env()
  return isHosted(deployment) ? readHostedDatabase(DATABASE_URL) : null
}
