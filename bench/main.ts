/** `make bench`: prints JSON. Ratios are measured side by side in one run; absolute figures are this machine's. */
import { cpus, totalmem } from 'node:os'
import { Client } from 'pg'
import { seedShop } from '../demo/seed-shop'
import { startControl } from '../tests/support/control'
import { startLab } from '../tests/support/lab'
import { benchBackup, benchClick, benchIdle } from './backup'
import { benchQueries } from './queries'
import { benchScreen } from './screen'

const note = (text: string) => process.stderr.write(`${text}\n`)

async function growShop(url: string): Promise<void> {
  const client = new Client(url)
  client.on('error', (error) => note(error.message))
  await client.connect()
  await seedShop(client, { seed: 1, now: new Date(), sizeMb: 1024 })
  await client.query('CHECKPOINT')
  await client.end()
}

const control = await startControl()
note('queries')
const queries = await benchQueries(control.db)
await control.stop()

note('screen')
const screen = await benchScreen()

const lab = await startLab()
try {
  const worker = await lab.startWorker()
  note('idle')
  const idle = await benchIdle(worker.pid ?? 0)
  note('click')
  const click = await benchClick(lab)
  note('a shop of 1 GB')
  await growShop(lab.shop.url)
  note('backup')
  const backup = await benchBackup(lab)
  note('idle again')
  const idleAfter = await benchIdle(worker.pid ?? 0, 30)
  const machine = { cores: cpus().length, memoryGb: Math.round(totalmem() / 1e9), node: process.version }
  console.log(JSON.stringify({ machine, backup, click, screen, queries, idle, idleAfter }, null, 2))
} finally {
  await lab.stop()
}
