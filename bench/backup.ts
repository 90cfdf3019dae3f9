/** A full backup as a job against the same pgbackrest command by hand, interleaved; and how soon a click becomes an exec. */
import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type JobView, getJob, readJobTail } from '@/lib/jobs/data'
import type { Lab } from '../tests/support/lab'
import { median, percentile, round, timed } from './figures'

const PAIRS = 7
const CLICKS = 40
const PAUSE_MS = 1_500
const LOOK_MS = 500
/** Starting up, and the last job, are over by then, with the garbage they left. */
const SETTLE_MS = 60_000
const MOST_MS = 300_000

export async function benchBackup(lab: Lab) {
  const byHand: number[] = []
  const asJob: number[] = []
  const options = ['--type=full', '--repo=1', '--start-fast', '--log-level-console=detail']
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const hand = () => timed(() => lab.pgbackrest(...options, 'backup')).then((took) => byHand.push(took))
    const job = async () => {
      const { status, failure, createdAt, finishedAt } = await ended(lab, await lab.enqueue())
      if (status !== 'SUCCEEDED') throw new Error(`the benched backup ended as ${status}: ${JSON.stringify(failure)}`)
      asJob.push(finishedAt.getTime() - createdAt.getTime())
    }
    for (const run of pair % 2 === 0 ? [hand, job] : [job, hand]) await run()
    process.stderr.write(`pair ${pair + 1}: by hand ${round(byHand.at(-1) ?? 0, 0)} ms, as a job ${round(asJob.at(-1) ?? 0, 0)} ms\n`)
  }
  return {
    pairs: PAIRS, byHandMs: round(median(byHand), 0), asJobMs: round(median(asJob), 0),
    ratio: round(median(asJob.map((took, n) => took / (byHand[n] ?? Number.NaN)))),
  }
}

/** By the row's own times, and looked at seldom: to ask for it all the time would slow down what is measured. */
async function ended(lab: Lab, id: bigint): Promise<JobView & { finishedAt: Date }> {
  for (let waited = 0; waited < MOST_MS; waited += LOOK_MS) {
    await sleep(LOOK_MS)
    const job = await getJob(lab.control.db, id, new Date())
    if (job?.finishedAt) return { ...job, finishedAt: job.finishedAt }
  }
  throw new Error(`the benched backup did not end in ${MOST_MS} ms`)
}

/**
 * From the job's row to pgBackRest's exec: to the line in which it says that it has begun, less what it takes by itself from its
 * exec to that line, measured by hand in between.
 */
export async function benchClick(lab: Lab) {
  const waits: number[] = []
  const startups: number[] = []
  for (let click = 0; click < CLICKS; click += 1) {
    // People do not click at the very moment the last job ends.
    await sleep(PAUSE_MS)
    const id = await lab.enqueue({ request: { kind: 'check' } })
    const job = await lab.ended(id, 60)
    const tail = await readJobTail(lab.control.db, id, -1, new Date())
    const began = tail?.events.find(({ message }) => message.includes('command begin'))
    if (!began) throw new Error('a check without a first line')
    waits.push(began.at.getTime() - job.createdAt.getTime())
    startups.push(await startupOf(lab))
  }
  const startup = median(startups)
  return {
    clicks: CLICKS, firstLineP50Ms: percentile(waits, 50), firstLineP95Ms: percentile(waits, 95), startupMs: startup,
    execP50Ms: percentile(waits, 50) - startup, execP95Ms: percentile(waits, 95) - startup,
  }
}

/** The shell tells the time and becomes pgbackrest. */
async function startupOf(lab: Lab): Promise<number> {
  const command = `pgbackrest --config=${lab.config} --stanza=salespider --log-level-console=info --log-timestamp check`
  const { output } = await lab.asServer('bash', '-c', `export TZ=UTC; echo $EPOCHREALTIME; exec ${command}`)
  const [began = '', first = ''] = output.split('\n')
  return Date.parse(`${first.slice(0, 23).replace(' ', 'T')}Z`) - Number(began) * 1_000
}

/** Resident memory and CPU of a worker with nothing to do. */
export async function benchIdle(pid: number, seconds = 60) {
  const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  await sleep(SETTLE_MS)
  const before = cpuTicks(pid)
  await sleep(seconds * 1000)
  const cpuPercent = ((cpuTicks(pid) - before) / ticksPerSecond / seconds) * 100
  return { seconds, rssMb: round(residentKb(pid) / 1024, 1), cpuPercent: round(cpuPercent, 2) }
}

/** The worker's own time and that of the children it has waited for (pgbackrest info). */
function cpuTicks(pid: number): number {
  const fields = execFileSync('cat', [`/proc/${pid}/stat`], { encoding: 'utf8' }).split(') ')[1]?.split(' ') ?? []
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
}

function residentKb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(execFileSync('cat', [`/proc/${pid}/status`], { encoding: 'utf8' }))?.[1])
}
