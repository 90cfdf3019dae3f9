import type { Format } from '@/lib/format'
import type { Overview, Reason } from '@/lib/health/schema'
import { selector } from '@/lib/i18n'
import { type OverviewWords, spanWords } from './spans'

export type ReasonContext = { t: OverviewWords; format: Format; now: Date; overview: Pick<Overview, 'stanza' | 'repositories'> }
type Values = Record<string, string | number>

/** What the words of a reason are filled with; `none` and `no` where a value is missing. */
export function reasonValues(reason: Reason, { t, format, now, overview }: ReasonContext): Values {
  const span = (since: Date | null) =>
    since ? { known: 'yes', span: spanWords(t, now.getTime() - since.getTime()) } : { known: 'no', span: '' }
  const left = (seconds: number | null) =>
    seconds === null ? { known: 'no', left: '' } : { known: 'yes', left: spanWords(t, seconds * 1_000) }
  const when = (at: Date) => format.moment(at, now, { inline: true })
  const repository = (key: number) => ({
    key, count: overview.repositories.length, location: overview.repositories.find((one) => one.key === key)?.location ?? '',
  })
  switch (reason.code) {
    case 'worker-silent':
    case 'observation-stale':
      return span(reason.since)
    case 'no-usable-set':
      return { sets: reason.sets }
    case 'set-too-old':
      return { ...span(reason.stoppedAt), when: when(reason.stoppedAt) }
    case 'set-damaged':
      return { when: when(reason.stoppedAt) }
    case 'archive-off':
      return { mode: reason.mode }
    case 'archive-command-missing':
      return { stanza: overview.stanza }
    case 'archive-failing': {
      const { since, failedAt, failures, waiting, wal } = reason
      return {
        ...span(since), time: format.time(since ?? failedAt), failedAt: format.time(failedAt, { seconds: true }),
        failures, waiting, wal: wal ?? 'none',
      }
    }
    case 'archive-behind':
      return { ...span(reason.since), waiting: reason.waiting }
    case 'repository-failed':
      return repository(reason.key)
    case 'repository-full':
      return { ...repository(reason.key), free: format.bytes(reason.free), needed: format.bytes(reason.needed) }
    case 'other-host':
      return { place: reason.place, ago: format.ago(reason.at, now), wal: reason.wal, timeline: reason.timeline, own: reason.own }
    case 'disk-filling': {
      const { free, total, secondsLeft, rate, walSize, waiting } = reason
      return {
        ...left(secondsLeft), free: format.bytes(free), total: format.bytes(total), waiting,
        size: walSize === null ? 'none' : format.bytes(walSize), rate: rate === null ? 'none' : format.bytes(rate * 3_600),
      }
    }
    case 'disk-low': {
      const { free, total, secondsLeft, isFull } = reason
      return { ...left(secondsLeft), free: format.bytes(free), total: format.bytes(total), full: isFull ? 'yes' : 'no' }
    }
    case 'shop-exchange':
      return { kind: selector(reason.kind), time: format.time(reason.since) }
    case 'backup-failed':
      return { when: when(reason.startedAt), cause: t(`cause.${reason.failure.code}`) }
    case 'schedule-overdue':
      return { when: when(reason.tick), type: reason.type }
    default:
      return {}
  }
}
