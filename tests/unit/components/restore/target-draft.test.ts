import { describe, expect, it } from 'vitest'
import { targetParams } from '@/components/restore/picker/address'
import { type Draft, addressOf, isLeft, readDraft } from '@/components/restore/target-draft'
import type { Target } from '@/lib/restore/schema'
import { restoreView } from './view'

const view = restoreView()
const empty: Draft = { type: 'time', moment: { problem: { code: 'no-time' } }, set: '', name: '', xid: '', lsn: '', timeline: null }
const read = (part: Partial<Draft>) => readDraft({ ...empty, ...part }, view)

describe('what a person filled in', () => {
  it('is nothing before there is a moment', () => {
    expect(read({})).toEqual({ wish: null, problem: { code: 'no-time' } })
  })

  it.each<[Partial<Draft>, Target]>([
    [{ type: 'time', moment: { at: '2026-11-24T11:03:21Z', told: null } }, { type: 'time', at: '2026-11-24T11:03:21Z' }],
    [{ type: 'latest' }, { type: 'latest' }],
    [{ type: 'xid', xid: ' 7412 ' }, { type: 'xid', xid: '7412' }],
    [{ type: 'lsn', lsn: '0/3000a48' }, { type: 'lsn', lsn: '0/3000A48' }],
  ])('%o', (part, target) => {
    expect(read(part)).toEqual({ wish: { target }, problem: null })
    expect(read({ ...part, timeline: 2 })).toEqual({ wish: { target, timeline: 2 }, problem: null })
  })

  it('a branch that was chosen is meant for as long as it was lived', () => {
    const at = (text: string) => read({ type: 'time', moment: { at: text, told: null }, timeline: 1 }).wish
    expect(at('2026-11-24T12:00:00Z')).toMatchObject({ timeline: 1 })
    expect(at('2026-11-24T12:00:01Z')).not.toHaveProperty('timeline')
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
    [{ type: 'set', set: '1/no label' }, null],
    [{ type: 'name', name: 'gone meanwhile' }, null],
    [{ type: 'xid' }, null],
    [{ type: 'xid', xid: '0' }, 'xid'],
    [{ type: 'xid', xid: 'last one' }, 'xid'],
    [{ type: 'lsn', lsn: '3000148' }, 'lsn'],
  ])('%o is no wish yet', (part, code) => {
    expect(read(part)).toEqual({ wish: null, problem: code && { code } })
  })
})

describe('where the page begins', () => {
  const rehearsed = (target: Target) => addressOf({
    target, plan: {
      target, repo: 1, label: '20261124-010003F', chain: ['20261124-010003F'], timeline: 2, time: null, segments: 3,
      databaseSize: 1, isOnLiveLineage: false,
    },
  })

  it.each<[Target, Record<string, string>]>([
    [{ type: 'time', at: '2026-11-24T13:03:21.25Z' }, { at: '2026-11-24T13:03:21.25Z' }],
    [{ type: 'latest' }, { by: 'latest' }],
    [{ type: 'xid', xid: '7412' }, { by: 'xid', xid: '7412' }],
    [{ type: 'lsn', lsn: '0/3000148' }, { by: 'lsn', lsn: '0/3000148' }],
    [{ type: 'name', name: 'before stocktaking' }, { by: 'name', name: 'before stocktaking' }],
    [{ type: 'set', label: '20261124-010003F' }, { by: 'set', set: '1/20261124-010003F' }],
  ])('at what is rehearsed, never on the branch that was left: %o', (target, address) => {
    expect(rehearsed(target)).toEqual(address)
    expect(Object.keys(address).every((name) => name in targetParams)).toBe(true)
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
