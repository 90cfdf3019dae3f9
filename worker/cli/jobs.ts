import type { Format } from '@/lib/format'
import { type JobView, listJobs } from '@/lib/jobs/data'
import { targetOf } from '@/lib/jobs/rules'
import { type JobKind, jobStatusSchema } from '@/lib/jobs/schema'
import type { Target } from '@/lib/restore/schema'
import { type Control, EXIT, type ExitCode, printJson } from './control'

type Options = { kind?: JobKind; status?: string; limit: number; json: boolean }

/** The job log, newest first: one line a job. */
export async function jobs({ db, stanza, format }: Control, { kind, status, limit, json }: Options): Promise<ExitCode> {
  const statuses = status ? [jobStatusSchema.parse(status.toUpperCase())] : undefined
  const page = await listJobs(db, stanza, { kinds: kind && [kind], statuses }, new Date(), { limit })
  if (json) printJson(page.jobs)
  else if (page.jobs.length === 0) console.log('no jobs')
  else for (const job of page.jobs) console.log(line(job))
  return EXIT.done

  function line(job: JobView): string {
    const what = job.request.kind === 'backup' ? `${job.request.type} backup` : job.kind
    const target = targetOf(job.request)
    const state = job.lost ? 'lost' : job.status.toLowerCase()
    const took = job.claimedAt && job.finishedAt ? format.duration(job.finishedAt.getTime() - job.claimedAt.getTime()) : ''
    const columns = [job.id.padStart(6), format.dateTime(job.createdAt), state.padEnd(9), what.padEnd(16), took.padEnd(8), job.actorName]
    return [...columns, ...(target ? [targetText(target, format)] : [])].join('  ')
  }
}

/** As one would ask for it again, a time in the shop's zone. */
function targetText(target: Target, format: Format): string {
  switch (target.type) {
    case 'time':
      return format.dateTime(new Date(target.at))
    case 'latest':
      return 'latest'
    case 'set':
      return target.label
    case 'name':
      return target.name
    case 'xid':
      return target.xid
    case 'lsn':
      return target.lsn
  }
}
