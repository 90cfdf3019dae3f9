import { describe, expect, it } from 'vitest'
import type { CatalogSet } from '@/lib/backups/schema'
import type { BackupType } from '@/lib/jobs/schema'
import { backupChoices, median, preferredBackup } from '@/lib/policy/choices/rules'
import { backUpNowSchema } from '@/lib/policy/choices/schema'

const live = { systemId: '7', timeline: 1, history: [] }
const local = { key: 1, type: 'posix', location: '/var/lib/pgbackrest', statusCode: 0 }
const cloud = { key: 2, type: 's3', location: 'okafor-backups', statusCode: 0 }

function set(label: string, day: number, size: number, links: Partial<CatalogSet> = {}): CatalogSet {
  const startedAt = new Date(Date.UTC(2026, 10, day, 1))
  const type: BackupType = label.endsWith('F') ? 'full' : label.endsWith('D') ? 'diff' : 'incr'
  return {
    repoKey: 1,
    label,
    type,
    prior: null,
    reference: [],
    startedAt,
    stoppedAt: new Date(startedAt.getTime() + size * 100),
    archiveStart: '000000010000000000000010',
    archiveStop: null,
    lsnStart: null,
    lsnStop: '0/10000000',
    systemId: '7',
    databaseSize: 3_100,
    databaseDelta: 0,
    repositorySize: null,
    repositoryDelta: size,
    error: false,
    annotation: {},
    backrestVersion: '2.45',
    ...links,
  }
}

const sets = [
  set('1F', 1, 266),
  set('1F_2D', 2, 90, { prior: '1F', reference: ['1F'] }),
  set('8F', 8, 268),
  set('8F_9D', 9, 96, { prior: '8F', reference: ['8F'] }),
  set('8F_10I', 10, 15, { prior: '8F_9D', reference: ['8F', '8F_9D'] }),
  set('8F_11D', 11, 122, { prior: '8F', reference: ['8F'] }),
  set('8F_12I', 12, 38, { prior: '8F_11D', reference: ['8F', '8F_11D'] }),
]
const choose = (own = sets, retention: { full: number | null; diff: number | null } = { full: 2, diff: null }, at = live) =>
  backupChoices([local], own, at, retention).repositories[0]!
const choiceOf = (type: BackupType, ...args: Parameters<typeof choose>) =>
  choose(...args).choices.find((choice) => choice.type === type)!
const days = (list: { stoppedAt: Date }[]) => list.map(({ stoppedAt }) => stoppedAt.getUTCDate())

describe('what each type would do', () => {
  it('builds on what pgBackRest would take, and counts what a restore would need', () => {
    expect(
      choose().choices.map(({ type, base, needs }) => [type, base?.type ?? null, base?.stoppedAt.getUTCDate() ?? null, needs]),
    ).toEqual([
      ['full', null, null, 0],
      ['diff', 'full', 8, 1],
      ['incr', 'incr', 12, 3],
    ])
  })

  it('measures by the median of the sets of its own type', () => {
    expect(choose().choices.map(({ size, duration }) => [size, duration])).toEqual([
      [266, 26_600],
      [96, 9_600],
      [15, 1_500],
    ])
    expect(choiceOf('incr', []).size).toBeNull()
  })

  it('says which fulls a full pushes out', () => {
    expect(days(choiceOf('full').expires)).toEqual([1])
    expect(days(choiceOf('full', sets, { full: 3, diff: null }).expires)).toEqual([])
    expect(days(choiceOf('full', sets, { full: null, diff: null }).expires)).toEqual([])
    expect(days(choiceOf('full', sets, { full: 1, diff: null }).expires)).toEqual([1, 8])
  })

  it('says which differentials a differential pushes out; fulls count and are spared, incrementals push out nothing', () => {
    expect(days(choiceOf('diff', sets, { full: 2, diff: 5 }).expires)).toEqual([])
    expect(days(choiceOf('diff', sets, { full: 2, diff: 4 }).expires)).toEqual([2])
    expect(days(choiceOf('diff', sets, { full: 2, diff: 2 }).expires)).toEqual([2, 9])
    expect(days(choiceOf('incr', sets, { full: 1, diff: 1 }).expires)).toEqual([])
  })

  it('becomes a full where there is nothing to build on: none, damaged, of another cluster, of a branch', () => {
    const damaged = sets.map((one) => ({ ...one, error: true }))
    const foreign = sets.map((one) => ({ ...one, systemId: '8' }))
    for (const own of [[], damaged, foreign]) {
      expect(choose(own).preferred).toBe('full')
      expect(choiceOf('incr', own)).toMatchObject({ base: null, needs: 0 })
    }
    expect(choose(sets, undefined, { ...live, timeline: 2 }).preferred).toBe('full')
    expect(days(choiceOf('diff', foreign).expires)).toEqual([1])
  })
})

describe('the policy’s choice', () => {
  it('is the quickest that can be built, in the first repository that answers', () => {
    expect(choose().preferred).toBe('incr')
    const both = backupChoices([{ ...local, statusCode: 99 }, cloud], sets, live, { full: 2, diff: null })
    expect([both.preferred, both.repositories[0]?.isReadable, both.repositories[1]?.preferred]).toEqual([2, false, 'full'])
  })

  it('fills in what was left open, and nothing else', () => {
    const both = backupChoices([local, cloud], sets, live, { full: 2, diff: null })
    expect(preferredBackup(both, {})).toEqual({ kind: 'backup', type: 'incr', repo: 1 })
    expect(preferredBackup(both, { repo: 2 })).toEqual({ kind: 'backup', type: 'full', repo: 2 })
    expect(preferredBackup(both, { type: 'diff' })).toEqual({ kind: 'backup', type: 'diff', repo: 1 })
    expect(preferredBackup(both, { repo: 9 })).toEqual({ kind: 'backup', type: 'full', repo: 9 })
  })

  it('is the first repository when none is known or none answers', () => {
    expect(backupChoices([], [], live, { full: null, diff: null })).toEqual({ preferred: 1, repositories: [] })
    expect(backupChoices([{ ...cloud, statusCode: 99 }], [], live, { full: null, diff: null }).preferred).toBe(2)
  })
})

describe('median', () => {
  it('is a value that was measured', () => {
    expect([median([]), median([3]), median([9, 1]), median([5, 9, 1])]).toEqual([null, 3, 1, 5])
  })
})

describe('what Back up now sends', () => {
  it.each([
    { type: 'full', repo: 1, reason: 'Before the price change' },
    { type: 'incr', repo: 256, reason: 'Prüfung ₦ “Weihnachten”' },
    { type: 'diff', repo: 2 },
    {},
  ])('takes %j', (input) => expect(backUpNowSchema.safeParse(input).success).toBe(true))

  it.each([
    { type: '--full', repo: 1 },
    { type: 'full', repo: 0 },
    { type: 'full', repo: '1' },
    { type: 'full', repo: 1, reason: 'a\nb' },
    { type: 'full', repo: 1, reason: 'x'.repeat(201) },
  ])('refuses %j', (input) => expect(backUpNowSchema.safeParse(input).success).toBe(false))
})
