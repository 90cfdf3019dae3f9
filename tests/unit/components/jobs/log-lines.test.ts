import { describe, expect, it } from 'vitest'
import {
  countLevels,
  dataDirectoryOf,
  foldDetails,
  lastLabelOf,
  partsOf,
  selectEvents,
  versionOf,
} from '@/components/jobs/log-lines'
import type { EventLevel } from '@/lib/jobs/event/schema'
import type { TailEvent } from '@/lib/jobs/tail/schema'

let seq = 0
const event = (message: string, level: EventLevel = 'info', source: TailEvent['source'] = 'pgbackrest'): TailEvent => ({
  seq: seq++, at: new Date(0), source, level, process: 'P00', message,
})
const details = (count: number) => Array.from({ length: count }, (_, at) => event(`backup file ${at}`, 'detail'))

describe('what pgBackRest says at the beginning', () => {
  const begin = event('backup command begin 2.45: --pg1-path=/srv/data --process-max=1 --stanza=main')
  it('names the directory it reads', () => {
    expect(dataDirectoryOf([event('taken from the queue'), begin])).toBe('/srv/data/')
    expect(dataDirectoryOf([event('x command begin 2.60: --pg1-path="/srv/my data/" --stanza=main')])).toBe('/srv/my data/')
    expect(dataDirectoryOf([event('backup command begin 2.45: --stanza=main')])).toBeNull()
  })
  it('names its version', () => {
    expect(versionOf([event('queued'), begin])).toBe('2.45')
    expect(versionOf([event('stanza-create command begin 2.60.0dev: --stanza=main')])).toBe('2.60.0dev')
    expect(versionOf([])).toBeNull()
  })
  it('names the set it builds on', () => {
    expect(lastLabelOf([event('last backup label = 20261122-010003F, version = 2.45')])).toBe('20261122-010003F')
    expect(lastLabelOf([begin])).toBeNull()
  })
})

describe('selectEvents', () => {
  const log = [event('Backup begins'), event('file base/1', 'detail'), event('resumable', 'warn'), event('no space', 'error')]
  it('is the log itself where nothing is asked', () => expect(selectEvents(log, 'all', ' ')).toBe(log))
  it('takes a level', () => expect(selectEvents(log, 'warn', '')).toEqual([log[2]]))
  it('finds words whatever their case', () => expect(selectEvents(log, 'all', 'backup')).toEqual([log[0]]))
  it('counts by level', () => expect(countLevels(log)).toEqual({ all: 4, info: 1, warn: 1, error: 1 }))
})

describe('foldDetails', () => {
  const shape = (log: TailEvent[], opened: number[] = []) =>
    foldDetails(log, new Set(opened)).map((item) => (item.kind === 'gap' ? `gap ${item.count}` : item.event.message))

  it('folds a long run and keeps its last line, which stands before what happened', () => {
    expect(shape([event('start'), ...details(128), event('no space', 'error')])).toEqual([
      'start',
      'gap 127',
      'backup file 127',
      'no space',
    ])
  })
  it('leaves a short run', () => expect(shape([...details(3), event('end')])).toHaveLength(4))
  it('shows a gap that was opened', () => {
    const log = [...details(20), event('end')]
    expect(shape(log, [log[0]?.seq ?? 0])).toHaveLength(21)
  })
  it('loses no line', () => {
    const log = [event('a'), ...details(30), event('b', 'warn'), ...details(11), event('c'), ...details(12)]
    const lines = foldDetails(log, new Set()).reduce((sum, item) => sum + (item.kind === 'gap' ? item.count : 1), 0)
    expect(lines).toBe(log.length)
  })
})

describe('partsOf', () => {
  const text = (parts: ReturnType<typeof partsOf>) => parts.map((part) => part.text).join('')

  it('drops the data directory, cuts the checksum and marks the figures', () => {
    const line = event(
      'backup file /srv/data/base/16402/16415 (364.2MB, 82.15%) checksum 6876ee6781c674c0f63c144ecb646550a8b8779b',
      'detail',
    )
    expect(partsOf(line, '/srv/data/')).toEqual([
      { text: 'backup file base/16402/16415', tone: 'plain' },
      { text: ' (364.2MB, 82.15%)', tone: 'figure' },
      { text: ' checksum 6876ee6781c6…', tone: 'plain' },
    ])
  })
  it('keeps paths that are elsewhere', () => {
    const line = event("unable to write '/var/lib/pgbackrest/backup/x/pg_data/base/1.zst'", 'error')
    expect(text(partsOf(line, '/srv/data/'))).toBe(line.message)
  })
  it('tells options apart, so that none is broken in two', () => {
    const line = event('backup command begin 2.45: --annotation=reason=Before the price change --stanza=main')
    expect(partsOf(line, null).map(({ tone }) => tone)).toEqual(['plain', 'plain', 'option', 'plain', 'option'])
    expect(text(partsOf(line, null))).toBe(line.message)
  })
  it('leaves the worker’s words as they are', () => {
    expect(partsOf(event('read /srv/data/x (1%)', 'detail', 'worker'), '/srv/data/')).toEqual([
      { text: 'read /srv/data/x (1%)', tone: 'plain' },
    ])
  })
})
