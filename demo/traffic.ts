import { logger } from '@/lib/logger'
import { readEnv } from './env'
import { runTraffic } from './live-trade'

const env = readEnv()
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort()).once('SIGINT', () => stop.abort())
if (env.DEMO_TRAFFIC > 0) await runTraffic({ url: env.DATABASE_URL, pace: env.DEMO_TRAFFIC, signal: stop.signal })
logger.info('demo traffic: ended')
