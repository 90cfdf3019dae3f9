import type { Actor } from '@/lib/audit/schema'
import { isWorkerAlive } from '@/lib/cluster/data'
import { type JobTail, type JobView, readJobTail } from '@/lib/jobs/data'
import { enqueueJob, ensureStanza, requestCancel } from '@/lib/jobs/mutations'
import { LEASE_SECONDS, isActive } from '@/lib/jobs/rules'
import type { JobRequest } from '@/lib/jobs/schema'
import { commandLineUser } from '../env'
import { type Control, EXIT, type ExitCode, printJson } from './control'
import { failureText, rescueLines, saysNo } from './words'

const POLL_MS = 300

type Asked = {
  request: JobRequest
  reason?: string
  json: boolean
  expiresInSeconds?: number
  /** Another one follows when it succeeds: of the two, one is told as JSON */
  isFirstOfTwo?: boolean
}

/** Enqueues a job, shows its log while it runs, and answers with how it ended. */
export async function enqueueAndFollow(control: Control, { request, reason, json, expiresInSeconds, isFirstOfTwo = false }: Asked): Promise<ExitCode> {
  const { db, stanza } = control
  const actor: Actor = { kind: 'cli', name: commandLineUser() }
  await ensureStanza(db, stanza)
  const { job } = await db.$transaction((tx) => enqueueJob(tx, { stanza, request, actor, trigger: 'cli', reason, expiresInSeconds }))
  if (!json) console.log(`job ${job.id} queued; "salespider-backup cancel ${job.id}" stops it`)
  const last = await follow(control, job.id, json)
  if (!last) return withdraw(control, job.id, actor, json)
  const isTold = !isFirstOfTwo || last.status !== 'SUCCEEDED'
  if (!json) printEnd(control, last)
  else if (isTold) printJson(last)
  return last.status === 'SUCCEEDED' && !saysNo(last.result) ? EXIT.done : EXIT.failed
}

/** The job once it has ended; null when no worker is there to take it. */
async function follow({ db, stanza }: Control, id: bigint, quiet: boolean): Promise<JobView | null> {
  let after = -1
  const since = Date.now()
  for (;;) {
    const tail = await readJobTail(db, id, after, new Date())
    if (!tail) throw new Error(`job ${id} is gone from the log`)
    if (!quiet) printEvents(tail)
    after = tail.events.at(-1)?.seq ?? after
    if (!isActive(tail.job.status) && !tail.more) return tail.job
    const waited = Date.now() - since > LEASE_SECONDS * 1000
    if (tail.job.status === 'QUEUED' && waited && !(await isWorkerAlive(db, stanza, new Date()))) return null
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

async function withdraw({ db }: Control, id: bigint, actor: Actor, json: boolean): Promise<ExitCode> {
  await db.$transaction((tx) => requestCancel(tx, id, actor))
  if (json) printJson({ id, status: 'CANCELLED', withdrawn: 'no worker' })
  else console.error(`No worker took job ${id} within ${LEASE_SECONDS} s. It was withdrawn; nothing was started. Is the worker running?`)
  return EXIT.noWorker
}

function printEvents({ events }: JobTail): void {
  for (const { at, level, message } of events) {
    if (level !== 'detail') console.log(`${at.toISOString().slice(11, 23)} ${level.padEnd(5)} ${message}`)
  }
}

function printEnd({ format }: Control, job: JobView): void {
  for (const line of rescueLines(job.result)) console.log(line)
  if (job.failure) console.error(failureText(job.failure, job.kind))
  else if (job.status === 'CANCELLED') console.error(`job ${job.id} was cancelled`)
  else if (job.result?.kind === 'backup') {
    const { label, databaseSize, repositoryDelta } = job.result
    console.log(`${label}: ${format.bytes(databaseSize)} of database, ${format.bytes(repositoryDelta)} stored`)
  } else console.log(`job ${job.id} done`)
}
