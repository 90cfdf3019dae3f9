import type { Format } from '@/lib/format'
import { readOverview } from '@/lib/health/data'
import { shopSpace } from '@/lib/health/disk/rules'
import type { Overview, OverviewJob } from '@/lib/health/schema'
import { translator } from '@/lib/i18n'
import { measureOf } from '@/lib/jobs/rules'
import { type Control, EXIT, type ExitCode, printJson } from './control'

/** The verdict, what it rests on, what runs and what comes next. */
export async function status({ db, stanza, format }: Control, { json }: { json: boolean }): Promise<ExitCode> {
  const words = translator('overview')
  const now = new Date()
  const overview = await readOverview(db, stanza, now)
  if (json) {
    printJson(overview)
    return EXIT.done
  }
  const { verdict, newest, next, active, worker, cluster } = overview
  const archivedAt = cluster?.archiver?.lastArchivedAt
  const lines = [
    `${stanza}: ${words(`state.${verdict.state}`)}`,
    ...verdict.reasons.map(({ code, severity }) => `  ${severity}: ${code}`),
    `newest backup: ${newest ? `${newest.label}, ${format.moment(newest.stoppedAt, now)} (${format.ago(newest.stoppedAt, now)})` : 'none'}`,
    `archive: ${archivedAt ? `last segment ${format.ago(new Date(archivedAt), now)}` : 'nothing archived yet'}`,
    ...diskLine(overview, format),
    `worker: ${worker ? `${worker.name}, seen ${format.ago(worker.heartbeatAt, now)}` : 'never seen'}`,
    `next: ${next ? `${next.type}, ${format.moment(next.at, now)}` : 'no schedule'}`,
    ...active.map((job) => `job ${job.id}: ${job.kind} ${job.status.toLowerCase()} ${howFar(job, format)}`.trimEnd()),
  ]
  console.log(lines.join('\n'))
  return EXIT.done
}

/** How long it lasts only where WAL cannot leave it. */
function diskLine({ cluster, verdict: { reasons } }: Overview, format: Format): string[] {
  const space = cluster && shopSpace(cluster)
  if (!space) return []
  const filling = reasons.find((reason) => reason.code === 'disk-filling')
  const left = filling?.secondsLeft == null ? '' : `, full in ${format.duration(filling.secondsLeft * 1_000)} at this rate of WAL`
  return [`disk: ${format.bytes(space.free)} of ${format.bytes(space.total)} free${left}`]
}

function howFar({ kind, progress }: OverviewJob, format: Format): string {
  const { phase = null, percent = null, replayedAt = null } = progress ?? {}
  const measure = measureOf({ kind, phase, percent, replayedAt })
  if (measure === 'replay' && replayedAt) return `${phase} up to ${format.dateTime(replayedAt)}`
  return measure && percent !== null ? `${phase} ${format.percent(percent)}` : (phase ?? '')
}
