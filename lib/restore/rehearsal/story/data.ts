import type { Db } from '@/lib/db'
import type { Job } from '@/lib/generated/prisma/client'
import { isUndone } from '@/lib/jobs/data'
import { jobResultSchema } from '@/lib/jobs/schema'
import type { RescueStep } from '../../rescue/schema'
import { findCurrentRehearsal } from '../data'
import { type EndedRehearsal, type RehearsalStory, type Rescued, endedRehearsalSchema } from './schema'

const RESCUES = 10
const NAMES = 3

export async function readRehearsalStory(db: Db, stanza: string): Promise<RehearsalStory> {
  const [current, ended] = await Promise.all([findCurrentRehearsal(db, stanza), findEnded(db, stanza)])
  if (!current) return { madeBy: null, readyIn: null, ended, rescues: [] }
  const [made, rescues] = await Promise.all([
    current.jobId ? db.job.findUnique({ where: { id: BigInt(current.jobId) } }) : null,
    listRescues(db, stanza, current.id),
  ])
  return { madeBy: made?.actorName ?? null, readyIn: made && tookOf(made), ended, rescues }
}

function tookOf({ status, claimedAt, finishedAt }: Job): number | null {
  return status === 'SUCCEEDED' && claimedAt && finishedAt ? finishedAt.getTime() - claimedAt.getTime() : null
}

const endedBy = { switched: 'switch', discarded: 'discard', expired: null, failed: null } as const

async function findEnded(db: Db, stanza: string): Promise<EndedRehearsal | null> {
  const row = await db.rehearsal.findFirst({
    where: { stanzaName: stanza, endedAt: { not: null } }, orderBy: { endedAt: 'desc' }, omit: { comparison: true },
  })
  if (!row) return null
  const kind = endedBy[row.status as keyof typeof endedBy]
  const job = kind && (await db.job.findFirst({
    where: { stanzaName: stanza, kind, request: { path: ['rehearsal'], equals: row.id } }, orderBy: { id: 'desc' },
  }))
  const by = job?.actorKind === 'system' ? null : (job?.actorName ?? null)
  return endedRehearsalSchema.parse({ ...row, how: row.status, by, jobId: job ? job.id.toString() : (row.jobId?.toString() ?? null) })
}

async function listRescues(db: Db, stanza: string, rehearsal: string): Promise<Rescued[]> {
  const jobs = await db.job.findMany({
    where: { stanzaName: stanza, kind: 'rescue', status: 'SUCCEEDED', request: { path: ['rehearsal'], equals: rehearsal } },
    orderBy: { id: 'desc' }, take: RESCUES,
  })
  const undos = await db.job.findMany({
    where: {
      stanzaName: stanza, kind: 'undo-rescue', status: 'SUCCEEDED',
      OR: jobs.map(({ id }) => ({ request: { path: ['rescue'], equals: id.toString() } })),
    },
  })
  return jobs.flatMap((job) => {
    const result = jobResultSchema.nullable().parse(job.result)
    if (result?.kind !== 'rescue' || !job.finishedAt) return []
    const chosen = result.steps.filter(({ why }) => why === 'chosen')
    const undo = undos.find(({ request }) => (request as { rescue?: string }).rescue === job.id.toString())
    return [{
      jobId: job.id.toString(), at: job.finishedAt, by: job.actorName,
      chosen: chosen.length, along: result.steps.length - chosen.length, names: chosen.filter(isNamed).slice(0, NAMES).map(({ name }) => name),
      undo: undo?.finishedAt ? { jobId: undo.id.toString(), at: undo.finishedAt, by: undo.actorName } : null,
    }]
  })
}

/** A sale has no name but its key, which says nothing to anybody. */
function isNamed({ name, key }: RescueStep): boolean {
  return !Object.values(key).includes(name)
}

/** Whether that job put rows into the shop, and they were not taken back since. */
export async function canUndoRescue(db: Db, stanza: string, rescue: bigint): Promise<boolean> {
  const done = await db.job.count({ where: { id: rescue, stanzaName: stanza, kind: 'rescue', status: 'SUCCEEDED' } })
  return done > 0 && !(await isUndone(db, stanza, rescue.toString()))
}
