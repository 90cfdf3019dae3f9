import { describe, expect, it } from 'vitest'
import { type Family, type Member, arrangeFamily, runningBackups } from '@/lib/history/arrange/rules'
import type { OverviewJob } from '@/lib/health/schema'

const FULL = '20261122-010003F'
const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour))

function member(label: string, type: Member['type'], prior: string | null, hour: number, rest: Partial<Member> = {}): Member {
  return {
    id: `1/${label}`,
    label,
    type,
    prior,
    startedAt: at(hour),
    stoppedAt: at(hour),
    stored: 10,
    state: 'usable',
    newest: false,
    matches: true,
    start: { trigger: 'schedule', by: null, reason: null },
    ...rest,
  }
}

function family(members: Member[], rest: Partial<Family> = {}): Family {
  const count = (type: string) => members.filter((one) => one.matches && one.type === type).length
  return {
    key: `1/${FULL}`,
    label: FULL,
    diffs: count('diff'),
    incrs: count('incr'),
    stored: 10 * members.length,
    members,
    running: [],
    canOpen: true,
    ...rest,
  }
}

/** `label lane←parent`, as rows stand. */
const shape = (one: Family) =>
  arrangeFamily(one).map((row) => `${'label' in row ? row.label : row.kind} ${row.lane}←${row.parent === null ? '' : row.parent}`)

const full = member(FULL, 'full', null, 1)
const d1 = member('d1', 'diff', FULL, 2)
const i1 = member('i1', 'incr', 'd1', 3)
const i2 = member('i2', 'incr', 'i1', 4)
const d2 = member('d2', 'diff', FULL, 5)

describe('arrangeFamily', () => {
  it('puts the newest differential first, and incrementals under what they build on, oldest first', () => {
    expect(shape(family([i2, d2, full, i1, d1]))).toEqual([`${FULL} 0←`, 'd2 1←0', 'd1 1←0', 'i1 2←2', 'i2 2←3'])
  })

  it('keeps a chain of incrementals without a differential in one lane', () => {
    const chain = [full, member('a', 'incr', FULL, 2), member('b', 'incr', 'a', 3), member('c', 'incr', 'b', 4)]
    expect(shape(family(chain))).toEqual([`${FULL} 0←`, 'a 1←0', 'b 1←1', 'c 1←2'])
  })

  it('folds what was not read into one row that carries count and size', () => {
    const rows = arrangeFamily(family([full], { diffs: 6, incrs: 7, stored: 688 }))
    expect(rows.map(({ kind }) => kind)).toEqual(['set', 'fold'])
    expect(rows[1]).toMatchObject({ diffs: 6, incrs: 7, stored: 688, canOpen: true, lane: 1, parent: 0 })
  })

  it('hangs the rest of a chain below the fold its prior is in', () => {
    const tail = [member('y', 'incr', 'x', 8), member('z', 'incr', 'y', 9)]
    expect(shape(family([full, ...tail], { incrs: 470 }))).toEqual([`${FULL} 0←`, 'fold 1←0', 'y 1←1', 'z 1←2'])
  })

  it('shows, of a narrowed list, what matches and what that builds on', () => {
    const unmatched = { matches: false }
    const rows = arrangeFamily(
      family([
        member(FULL, 'full', null, 1, unmatched),
        member('d1', 'diff', FULL, 2, unmatched),
        i1,
        member('d2', 'diff', FULL, 5, unmatched),
      ]),
    )
    expect(rows.map((row) => ('label' in row ? row.label : row.kind))).toEqual([FULL, 'd1', 'i1'])
    expect(rows.map((row) => row.kind === 'set' && row.context)).toEqual([true, true, false])
  })

  it('names a full that is gone, and draws no line from it', () => {
    expect(shape(family([member('d1', 'diff', FULL, 2, { state: 'incomplete' })]))).toEqual([`${FULL} 0←`, 'd1 1←'])
    expect(arrangeFamily(family([d1]))[0]).toMatchObject({ kind: 'gone', label: FULL })
  })

  it('puts what runs first among what builds on the same set', () => {
    const running = {
      id: 'job/9',
      jobId: '9',
      repoKey: 1,
      prior: FULL,
      type: 'diff' as const,
      lost: false,
      startedAt: at(6),
      percent: 62,
      bytesDone: 1,
      secondsLeft: 2,
      start: full.start,
    }
    expect(arrangeFamily(family([full, d1], { running: [running] })).map(({ id }) => id)).toEqual([`1/${FULL}`, 'job/9', '1/d1'])
  })
})

describe('runningBackups', () => {
  const heads = [{ key: 1, newest: 'i2', full: FULL }, { key: 2, newest: null, full: null }]
  const job = (type: string, repo: number, status = 'RUNNING') =>
    ({
      id: '9',
      status,
      lost: false,
      kind: 'backup',
      type,
      repo,
      createdAt: at(6),
      claimedAt: null,
      progress: null,
      trigger: 'manual',
      actorName: 'Ada',
      reason: null,
    }) as OverviewJob

  it.each([['full', null], ['diff', FULL], ['incr', 'i2']])('builds a %s on the right set', (type, prior) => {
    expect(runningBackups([job(type, 1)], heads)).toMatchObject([{ type, prior }])
  })

  it('knows that pgBackRest makes a full where there is nothing to build on', () => {
    expect(runningBackups([job('diff', 2)], heads)).toMatchObject([{ type: 'full', prior: null }])
  })

  it('leaves out what only waits', () => {
    expect(runningBackups([job('full', 1, 'QUEUED')], heads)).toEqual([])
  })
})
