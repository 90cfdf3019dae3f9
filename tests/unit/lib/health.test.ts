import { describe, expect, it } from 'vitest'
import { type HealthFacts, OBSERVATION_SECONDS, WAITING_LIMIT } from '@/lib/health/checks/rules'
import { verdict } from '@/lib/health/rules'
import type { ClusterObservation, ReasonCode, SetFact, VerdictState } from '@/lib/health/schema'
import { LEASE_SECONDS } from '@/lib/jobs/rules'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const now = new Date('2026-11-24T13:26:08Z')
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds)
const isoAgo = (seconds: number) => ago(seconds * SECOND).toISOString()

const archiver: NonNullable<ClusterObservation['archiver']> = {
  mode: 'on',
  commandSet: true,
  lastArchivedWal: '0000000100000001000000EB',
  lastArchivedAt: isoAgo(37),
  lastFailedWal: null,
  lastFailedAt: null,
  failedCount: 0,
  waiting: 0,
}
const cluster: ClusterObservation = {
  up: true,
  inRecovery: false,
  systemId: '7',
  timeline: 1,
  history: [],
  archiveTimeout: 60,
  archiver,
}
const newest: SetFact = {
  label: '20261122-010003F_20261124-010002D',
  repoKey: 1,
  type: 'diff',
  size: 122e6,
  startedAt: new Date('2026-11-24T01:00:02Z'),
  stoppedAt: new Date('2026-11-24T01:00:26Z'),
}
const healthy: HealthFacts = {
  since: new Date('2026-10-29T08:00:00Z'),
  worker: { heartbeatAt: ago(2 * SECOND), stoppedAt: null },
  observedAt: ago(3 * SECOND),
  cluster,
  policy: { schedules: { full: '0 2 * * 0', diff: '0 2 * * 1-6' }, timeZone: 'Africa/Lagos', retention: { full: 4, diff: null } },
  setCount: 14,
  hadSets: true,
  newest,
  made: [{ ...newest, error: false }],
  ended: [{ id: '1839', type: 'diff', repo: 1, startedAt: newest.startedAt, finishedAt: newest.stoppedAt, failure: null }],
  activeSince: null,
  exchange: null,
  repositories: [{ key: 1, statusCode: 0, statusMessage: 'ok', diskFree: 11.9e9, newestFullSize: 318e6 }],
}
const archiving = (changes: Partial<typeof archiver>, more: Partial<ClusterObservation> = {}): Partial<HealthFacts> => ({
  cluster: { ...cluster, ...more, archiver: { ...archiver, ...changes } },
})
const old = { ...newest, startedAt: ago(27 * HOUR), stoppedAt: ago(27 * HOUR) }
const failedAt = (at: Date, repo = 1): HealthFacts['ended'][number] => ({
  id: '1840',
  type: 'diff',
  repo,
  startedAt: at,
  finishedAt: new Date(at.getTime() + 5 * SECOND),
  failure: { code: 'repository-full', pgbackrestCode: 82, detail: 'no space left' },
})
const never = { setCount: 0, hadSets: false, newest: null, made: [], ended: [] } satisfies Partial<HealthFacts>

function judge(changes: Partial<HealthFacts>): { state: VerdictState; codes: ReasonCode[] } {
  const { state, reasons } = verdict({ ...healthy, ...changes }, now)
  return { state, codes: reasons.map(({ code }) => code) }
}

describe('protected', () => {
  it('needs a young usable set, an archive that keeps up and a living worker', () => {
    const { state, reasons, checks, lastKnown } = verdict(healthy, now)
    expect({ state, reasons, lastKnown }).toEqual({ state: 'protected', reasons: [], lastKnown: null })
    expect(checks.map(({ status }) => status)).toEqual(Array(8).fill('ok'))
  })

  const fine: [string, Partial<HealthFacts>][] = [
    ['an idle shop: the last segment is old and nothing waits', archiving({ lastArchivedAt: isoAgo(6 * 3_600) })],
    ['one segment that was finished this moment', archiving({ lastArchivedAt: isoAgo(6 * 3_600), waiting: 1 })],
    ['a failure that a success followed', archiving({ lastFailedAt: isoAgo(40), failedCount: 3 })],
    ['a failed backup that a set of its repository followed', { ended: [failedAt(ago(13 * HOUR))] }],
    [
      'a backup that runs for the tick that is due',
      { newest: { ...newest, stoppedAt: ago(26 * HOUR) }, made: [], activeSince: ago(HOUR) },
    ],
    [
      'a repository that tells no free space, as in the cloud',
      { repositories: [{ ...healthy.repositories[0]!, diskFree: null }] },
    ],
    [
      'a repository that had no sets before',
      { repositories: [...healthy.repositories, { ...healthy.repositories[0]!, key: 2, statusCode: 2 }] },
    ],
    ['a heartbeat within the lease', { worker: { heartbeatAt: ago(LEASE_SECONDS * SECOND), stoppedAt: null } }],
  ]
  it.each(fine)('also with %s', (_, changes) => expect(judge(changes)).toEqual({ state: 'protected', codes: [] }))
})

describe('while the shop is being exchanged', () => {
  const exchange = { kind: 'switch', jobId: '77', since: ago(2 * SECOND) } as const
  const away = { cluster: { up: false, error: 'connection refused', history: [] } }

  it('nothing is said while it still answers', () => {
    expect(judge({ exchange })).toEqual({ state: 'protected', codes: [] })
  })

  it.each([
    ['is away', away],
    ['replays', { cluster: { ...cluster, inRecovery: true } }],
  ])('PostgreSQL that %s is not called down', (_, changes) => {
    expect(judge({ exchange, ...changes })).toEqual({ state: 'restoring', codes: ['shop-exchange'] })
  })

  it('what is worse is told first, and what is not, after it', () => {
    const worse = { repositories: [{ ...healthy.repositories[0]!, statusCode: 99 }] }
    expect(judge({ exchange, ...away, ...worse })).toEqual({ state: 'unprotected', codes: ['repository-failed', 'shop-exchange'] })
    expect(judge({ exchange, ...away, ended: [failedAt(ago(HOUR))] })).toEqual({
      state: 'restoring', codes: ['shop-exchange', 'backup-failed'],
    })
  })

  it('a silent worker leaves it unknown', () => {
    expect(judge({ exchange, ...away, worker: { heartbeatAt: ago(40 * SECOND), stoppedAt: null } })).toEqual({
      state: 'unknown', codes: ['worker-silent'],
    })
  })
})

describe('each reason', () => {
  const cases: [ReasonCode, VerdictState, Partial<HealthFacts>][] = [
    ['archive-off', 'unprotected', archiving({ mode: 'off' })],
    ['archive-command-missing', 'unprotected', archiving({ commandSet: false })],
    ['archive-failing', 'unprotected', archiving({ lastArchivedAt: isoAgo(12 * 60), lastFailedAt: isoAgo(4), waiting: 13 })],
    ['archive-failing', 'unprotected', archiving({ lastArchivedAt: null, lastFailedAt: isoAgo(4) })],
    ['archive-failing', 'at-risk', archiving({ lastArchivedAt: isoAgo(37), lastFailedAt: isoAgo(4), waiting: 1 })],
    ['archive-behind', 'at-risk', archiving({ waiting: WAITING_LIMIT + 1 })],
    ['archive-behind', 'at-risk', archiving({ lastArchivedAt: isoAgo(121), waiting: 2 })],
    ['archive-behind', 'at-risk', archiving({ lastArchivedAt: null, waiting: 2 })],
    ['archive-unread', 'at-risk', { cluster: { ...cluster, archiver: undefined } }],
    ['no-set', 'unprotected', { ...never, hadSets: true, ended: healthy.ended }],
    ['no-usable-set', 'unprotected', { newest: null }],
    ['set-too-old', 'at-risk', { newest: old }],
    ['set-damaged', 'at-risk', { made: [{ ...newest, label: 'newer', stoppedAt: ago(HOUR), error: true }] }],
    ['backup-failed', 'at-risk', { ended: [failedAt(ago(HOUR))] }],
    ['backup-failed', 'at-risk', { ended: [failedAt(ago(13 * HOUR), 2)] }],
    ['schedule-overdue', 'at-risk', { made: [{ ...newest, startedAt: ago(20 * HOUR), error: false }], ended: [] }],
    ['schedule-missing', 'at-risk', { policy: { ...healthy.policy!, schedules: { full: null, diff: null } } }],
    [
      'repository-failed',
      'unprotected',
      { repositories: [{ ...healthy.repositories[0]!, statusCode: 99, statusMessage: 'other' }] },
    ],
    [
      'repository-failed',
      'at-risk',
      { repositories: [...healthy.repositories, { ...healthy.repositories[0]!, key: 2, statusCode: 1 }] },
    ],
    ['repository-full', 'at-risk', { repositories: [{ ...healthy.repositories[0]!, diskFree: 635e6 }] }],
    ['disk-low', 'at-risk', { cluster: { ...cluster, volume: { free: 0.9e9, total: 12e9 } } }],
    ['disk-low', 'unprotected', { cluster: { ...cluster, volume: { free: 12e6, total: 12e9 } } }],
    ['other-host', 'unprotected', { cluster: { ...cluster, otherHost: { wal: '0000000200000001000000EB', timeline: 2, at: isoAgo(40) } } }],
    ['database-down', 'at-risk', { cluster: { up: false, error: 'connection refused', history: [] } }],
    ['database-in-recovery', 'at-risk', { cluster: { ...cluster, inRecovery: true } }],
    ['worker-silent', 'unknown', { worker: { heartbeatAt: ago(40 * SECOND), stoppedAt: null } }],
    ['worker-silent', 'unknown', { worker: { heartbeatAt: ago(SECOND), stoppedAt: ago(SECOND) } }],
    ['observation-stale', 'unknown', { observedAt: ago((OBSERVATION_SECONDS + 1) * SECOND) }],
  ]
  it.each(cases)('%s is %s', (code, state, changes) => expect(judge(changes)).toEqual({ state, codes: [code] }))

  it('is told worst first, and stands at its check', () => {
    const { reasons, checks } = verdict(
      {
        ...healthy,
        ...archiving({ mode: 'off' }),
        ended: [failedAt(ago(HOUR))],
        policy: { ...healthy.policy!, schedules: { full: null, diff: null } },
      },
      now,
    )
    expect(reasons.map(({ code }) => code)).toEqual(['archive-off', 'backup-failed', 'schedule-missing'])
    expect(checks.filter(({ status }) => status !== 'ok').map(({ id, status }) => [id, status])).toEqual([
      ['archive', 'fail'],
      ['last-backup', 'warn'],
      ['schedule', 'warn'],
    ])
  })

  it('is told before what follows from it', () => {
    expect(judge({ newest: old, ended: [failedAt(ago(HOUR))] }).codes).toEqual(['backup-failed', 'set-too-old'])
    const gone = { repositories: [{ ...healthy.repositories[0]!, statusCode: 99 }] }
    expect(judge({ ...gone, ...archiving({ lastArchivedAt: isoAgo(900), lastFailedAt: isoAgo(4) }) }).codes).toEqual([
      'repository-failed',
      'archive-failing',
    ])
  })

  it('is told after what cannot wait', () => {
    const full = { volume: { free: 7e9, total: 20e9 }, walRate: 1e6 }
    const stuck = archiving({ lastArchivedAt: isoAgo(900), lastFailedAt: isoAgo(4), waiting: 13 }, full)
    expect(judge(stuck).codes).toEqual(['disk-filling', 'archive-failing'])
    const roomy = archiving({ lastArchivedAt: isoAgo(900), lastFailedAt: isoAgo(4), waiting: 13 }, { ...full, walRate: 1e3 })
    expect(judge(roomy).codes).toEqual(['archive-failing', 'disk-filling'])
    const stopped = { up: false, history: [], volume: { free: 0, total: 20e9 } }
    expect(judge({ cluster: stopped }).codes).toEqual(['disk-low', 'database-down'])
  })

  it('leaves a check unknown that another stands in the way of', () => {
    const { checks } = verdict({ ...healthy, cluster: { up: false, history: [] } }, now)
    expect(checks.filter(({ status }) => status !== 'ok').map(({ id, status }) => [id, status])).toEqual([
      ['archive', 'unknown'],
      ['database', 'warn'],
    ])
  })

  it('does not judge sets by a cluster that was never seen', () => {
    const { state, reasons } = verdict({ ...healthy, newest: null, cluster: { up: false, history: [] } }, now)
    expect([state, reasons.map(({ code }) => code)]).toEqual(['at-risk', ['database-down']])
  })

  it('carries what its words need', () => {
    const [reason] = verdict({ ...healthy, ended: [failedAt(ago(HOUR))] }, now).reasons
    expect(reason).toMatchObject({
      code: 'backup-failed',
      jobId: '1840',
      repo: 1,
      failure: { code: 'repository-full', pgbackrestCode: 82 },
    })
  })
})

describe('not protected yet', () => {
  const young = { ...never, since: ago(14 * 60 * SECOND) }

  it('is a stanza without a set, until its first planned backup is missed', () => {
    expect(judge(young)).toEqual({ state: 'not-yet', codes: ['no-set'] })
    expect(judge(never)).toEqual({ state: 'unprotected', codes: ['no-set', 'schedule-overdue'] })
  })

  it('stays so while the first backup runs, or fails', () => {
    expect(judge({ ...never, activeSince: ago(HOUR) }).state).toBe('not-yet')
    expect(judge({ ...young, ended: [failedAt(ago(60 * SECOND))] })).toEqual({
      state: 'not-yet',
      codes: ['backup-failed', 'no-set'],
    })
  })

  it('does not expect ticks from before the schedule held', () => {
    expect(judge({ ...never, policy: { ...healthy.policy!, since: ago(HOUR).toISOString() } }).state).toBe('not-yet')
  })
})

describe('unknown', () => {
  it('claims nothing, and tells what was true when the worker last spoke', () => {
    const { state, checks, lastKnown } = verdict(
      { ...healthy, worker: { heartbeatAt: ago(40 * SECOND), stoppedAt: null }, observedAt: ago(43 * SECOND) },
      now,
    )
    expect({ state, lastKnown }).toEqual({ state: 'unknown', lastKnown: { state: 'protected', at: ago(43 * SECOND) } })
    expect(checks.map(({ status }) => status)).toEqual([...Array(7).fill('unknown'), 'fail'])
  })

  it('tells the same of a worker that signed off', () => {
    const at = ago(10 * SECOND)
    expect(verdict({ ...healthy, worker: { heartbeatAt: at, stoppedAt: at } }, now).lastKnown).toEqual({ state: 'protected', at })
  })

  it('has no last known state where no worker ever spoke', () => {
    const facts = { ...healthy, ...never, worker: null, observedAt: null, cluster: null, policy: null, repositories: [] }
    expect(verdict(facts, now)).toMatchObject({
      state: 'unknown',
      reasons: [{ code: 'worker-silent', since: null }],
      lastKnown: null,
    })
  })

  it('does not hide what was bad before', () => {
    const facts = {
      ...healthy,
      ...archiving({ mode: 'off' }),
      worker: { heartbeatAt: ago(HOUR), stoppedAt: null },
      observedAt: ago(HOUR),
    }
    expect(verdict(facts, now).lastKnown?.state).toBe('unprotected')
  })
})
