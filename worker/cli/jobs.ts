import { type JobView, listJobs } from '@/lib/jobs/data'
import { type JobKind, jobStatusSchema } from '@/lib/jobs/schema'
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
    const state = job.lost ? 'lost' : job.status.toLowerCase()
    const took = job.claimedAt && job.finishedAt ? format.duration(job.finishedAt.getTime() - job.claimedAt.getTime()) : ''
    return [job.id.padStart(6), format.dateTime(job.createdAt), state.padEnd(9), what.padEnd(14), took.padEnd(8), job.actorName].join('  ')
  }
}
