import { Client } from 'pg'
import { logger } from '@/lib/logger'
import { readEnv } from './env'
import { seedShop } from './seed-shop'

const SEED = 615

const env = readEnv()
const client = new Client({ connectionString: env.DATABASE_URL, application_name: 'demo-seed' })
client.on('error', (error) => logger.error({ error: error.message }, 'demo shop: the connection was lost'))
await client.connect()
const started = performance.now()
const { seeded, ...shop } = await seedShop(client, { seed: SEED, now: new Date(), sizeMb: env.DEMO_SIZE })
const seconds = Math.round((performance.now() - started) / 100) / 10
if (seeded) logger.info({ ...shop, seconds }, 'demo shop: made')
else logger.info(shop, 'demo shop: has sales already, left as it is')
await client.end()
