import { isWorkerAlive } from '@/lib/cluster/data'
import { db, stanzaName } from '@/lib/dashboard-db'
import { databaseWords } from '@/lib/database-error'
import { hostedDatabase } from '@/lib/hosted/mode'
import { logger } from '@/lib/logger'
import { version } from '@/package.json'

export const dynamic = 'force-dynamic'

/**
 * For monitors, without sign-in: 200 when the control database answers and a worker is alive, else 503. A dashboard that is
 * up while nothing backs up is not healthy, unless that is somebody else's: then the worker is `none`, and none is missed.
 */
export async function GET(): Promise<Response> {
  const { database, worker } = await probe()
  const status = database === 'down' ? 'down' : worker === 'down' ? 'degraded' : 'ok'
  return Response.json(
    { status, database, worker, version },
    { status: status === 'ok' ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}

async function probe(): Promise<{ database: 'up' | 'down'; worker: 'up' | 'down' | 'none' | 'unknown' }> {
  try {
    const isAlive = await isWorkerAlive(db(), stanzaName(), new Date())
    return { database: 'up', worker: hostedDatabase() ? 'none' : isAlive ? 'up' : 'down' }
  } catch (error) {
    logger.warn({ error: databaseWords(error) }, 'health: the control database does not answer')
    return { database: 'down', worker: 'unknown' }
  }
}
