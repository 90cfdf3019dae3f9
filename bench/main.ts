/** `make bench`: prints JSON. Ratios are measured side by side in one run; absolute figures are this machine's. */
import { cpus, totalmem } from 'node:os'
import { Client } from 'pg'
import { seedShop } from '../demo/seed-shop'
import { startControl } from '../tests/support/control'
import { startLab } from '../tests/support/lab'
import { benchArchive } from './archive'
import { benchBackup, benchClick, benchIdle } from './backup'
import { benchCompare } from './compare'
import { benchQueries } from './queries'
import { benchRehearse, benchSwitch } from './restore'
import { benchScreen } from './screen'
import { benchTargets } from './targets'
import { benchTimeline } from './timeline'

const note = (text: string) => process.stderr.write(`${text}\n`)

async function growShop(url: string): Promise<void> {
  const client = new Client(url)
  client.on('error', (error) => note(error.message))
  await client.connect()
  await seedShop(client, { seed: 1, now: new Date(), sizeMb: 1024 })
  await client.query('CHECKPOINT')
  await client.end()
}

async function benchControl() {
  const control = await startControl()
  try {
    return await benchQueries(control.db)
  } finally {
    await control.stop()
  }
}

async function benchWorker() {
  const lab = await startLab()
  try {
    const pid = (await lab.startWorker()).pid ?? 0
    const idle = await benchIdle(pid)
    const click = await benchClick(lab)
    note('a shop of 1 GB')
    await growShop(lab.shop.url)
    const backup = await benchBackup(lab)
    return { idle, click, backup, idleAfterBackups: await benchIdle(pid) }
  } finally {
    await lab.stop()
  }
}

async function benchComparison() {
  const lab = await startLab()
  try {
    await growShop(lab.shop.url)
    return await benchCompare(lab.shop)
  } finally {
    await lab.stop()
  }
}

/** By the name that PART chooses one with. */
const parts: Record<string, () => Promise<unknown>> = {
  queries: benchControl,
  screen: benchScreen,
  worker: benchWorker,
  switch: async () => [await benchSwitch(0.2), await benchSwitch(2), await benchSwitch(6)],
  rehearse: () => benchRehearse(1),
  targets: benchTargets,
  compare: benchComparison,
  timeline: benchTimeline,
  archive: benchArchive,
}

const chosen = process.env.PART ? [process.env.PART] : Object.keys(parts)
const results: Record<string, unknown> = {}
for (const name of chosen) {
  const bench = parts[name]
  if (!bench) throw new Error(`no such part: ${name}. There are ${Object.keys(parts).join(', ')}`)
  note(name)
  results[name] = await bench()
}
const machine = { cores: cpus().length, memoryGb: Math.round(totalmem() / 1e9), node: process.version }
console.log(JSON.stringify({ machine, ...results }, null, 2))
