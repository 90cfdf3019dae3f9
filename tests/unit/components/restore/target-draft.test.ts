import { describe, expect, it } from 'vitest'
import { type Draft, draftOf, isLeft, readDraft } from '@/components/restore/target-draft'
import type { Rehearsal, Target } from '@/lib/restore/schema'
import { restoreView } from './view'

const view = restoreView()
const empty = draftOf(view, null)
const read = (part: Partial<Draft>) => readDraft({ ...empty, ...part }, view)

describe('what a person filled in', () => {
  it('begins with today in the shop’s zone, without a time, and with nothing chosen', () => {
    expect(draftOf(restoreView({ now: new Date('2026-11-24T23:30:00Z') }), null)).toMatchObject({
      type: 'time', moment: { date: '2026-11-25', time: '', zone: 'Africa/Lagos' }, set: '', timeline: null,
    })
    expect(read({})).toEqual({ wish: null, problem: { code: 'no-time' } })
  })

  it.each<[Partial<Draft>, Target]>([
    [{ type: 'time', moment: { ...empty.moment, time: '14:03:21' } }, { type: 'time', at: '2026-11-24T13:03:21Z' }],
    [{ type: 'latest' }, { type: 'latest' }],
    [{ type: 'xid', xid: ' 7412 ' }, { type: 'xid', xid: '7412' }],
    [{ type: 'lsn', lsn: '0/3000a48' }, { type: 'lsn', lsn: '0/3000A48' }],
  ])('%o', (part, target) => {
    expect(read(part)).toEqual({ wish: { target }, problem: null })
    expect(read({ ...part, timeline: 2 })).toEqual({ wish: { target, timeline: 2 }, problem: null })
  })

  it('names the repository with the set', () => {
    expect(read({ type: 'set', set: '2/20261124-010003F' })).toEqual({
      wish: { target: { type: 'set', label: '20261124-010003F' }, repo: 2 }, problem: null,
    })
  })

  it('names the timeline of a restore point that the running shop did not come by', () => {
    const target = { type: 'name', name: 'before stocktaking' }
    expect(read({ type: 'name', name: 'before stocktaking' }).wish).toEqual({ target })
    expect(read({ type: 'name', name: 'during the restore' }).wish).toMatchObject({ timeline: 2 })
  })

  it.each<[Partial<Draft>, string | null]>([
    [{ type: 'set' }, null],
    [{ type: 'name', name: 'gone meanwhile' }, null],
    [{ type: 'xid' }, null],
    [{ type: 'xid', xid: '0' }, 'xid'],
    [{ type: 'xid', xid: 'last one' }, 'xid'],
    [{ type: 'lsn', lsn: '3000148' }, 'lsn'],
  ])('%o is no wish yet', (part, code) => {
    expect(read(part)).toEqual({ wish: null, problem: code && { code } })
  })
})

describe('where the form begins', () => {
  const rehearsalOf = (target: Target): Rehearsal => ({
    id: '20261124-150000-ab12', status: 'ready', target, reached: null, actorName: 'Ada Okafor', jobId: '11',
    createdAt: view.now, readyAt: view.now, expiresAt: view.now, size: 1, comparedAt: null,
    plan: {
      target, repo: 1, label: '20261124-010003F', chain: ['20261124-010003F'], timeline: 2, time: null, segments: 3,
      databaseSize: 1, isOnLiveLineage: false,
    },
  })

  it.each<Target>([
    { type: 'time', at: '2026-11-24T13:03:21.25Z' },
    { type: 'latest' },
    { type: 'xid', xid: '7412' },
    { type: 'lsn', lsn: '0/3000148' },
    { type: 'name', name: 'before stocktaking' },
    { type: 'set', label: '20261124-010003F' },
  ])('at what is rehearsed: $type, and never on the branch that was left', (target) => {
    const draft = draftOf(restoreView({ rehearsal: rehearsalOf(target) }), null)
    expect(readDraft(draft, view).wish?.target).toEqual(target)
    expect(draft.timeline).toBeNull()
  })

  it('at the set somebody came for, if it is there', () => {
    expect(draftOf(view, '1/20261124-010003F')).toMatchObject({ type: 'set', set: '1/20261124-010003F' })
    expect(draftOf(view, '1/20200101-000000F')).toMatchObject({ type: 'time', set: '' })
  })
})

it.each([
  ['0/5000000', 1, false],
  ['0/7000000', 1, false],
  ['0/7000001', 1, true],
  ['0/6000000', 2, true],
  ['0/8000000', 3, false],
] as const)('%s on timeline %i was left: %s', (lsn, timeline, left) => {
  expect(isLeft({ lsn, timeline }, view)).toBe(left)
})
