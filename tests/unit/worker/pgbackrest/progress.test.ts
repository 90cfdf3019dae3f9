import { describe, expect, it } from 'vitest'
import type { BackupLock } from '@/worker/pgbackrest/info'
import { type LogLine, parseLine, parseLog } from '@/worker/pgbackrest/log'
import { type BackupState, advance, beginBackup } from '@/worker/pgbackrest/progress'
import { bothEnds, recordedLines, recording } from './recording'

const NOW = new Date('2026-11-22T16:00:00.000Z')
const fresh = () => beginBackup({ steps: [{ phase: 'claim', startedAt: '2026-11-22T15:00:00.000Z' }] })
const follow = (lines: readonly LogLine[], from = fresh()) => lines.reduce((state, line) => advance(state, line, NOW), from)
const line = (message: string, time = '15:00:00.000', level = 'DETAIL') =>
  parseLine(`2026-11-22 ${time} P01 ${level}: ${message}`, null)
const phasesOf = ({ progress }: BackupState) => progress.steps.map(({ phase }) => phase)

/** A copy that began at 15:00:00. */
function copying(): BackupState {
  return follow([
    line('backup command begin 2.60: --stanza=main', '14:59:59.000', ' INFO'),
    line('backup start archive = 000000010000000000000005, lsn = 0/5000028', '15:00:00.000', ' INFO'),
  ])
}

const at = (time: string) => new Date(`2026-11-22T${time}.000Z`)
const lock = (sizeDone: number, sizeTotal = 1_000): BackupLock => ({ backupHeld: true, sizeTotal, sizeDone })

describe.each(bothEnds)('a whole backup of %s', (version) => {
  it('goes through every phase, with the times and figures of its lines', () => {
    const state = follow(parseLog(recording(version, '05-full')))
    expect(phasesOf(state)).toEqual(['claim', 'start', 'copy', 'wal', 'label', 'expire'])
    const label = version === '2.45' ? '20261122-151823F' : '20261122-151835F'
    expect(state.progress.steps.map(({ detail }) => detail)).toEqual([
      undefined, '0/5000028', undefined, '000000010000000000000005', label, undefined,
    ])
    expect(state.progress.steps[1]?.startedAt).toBe(version === '2.45' ? '2026-11-22T15:18:22.648Z' : '2026-11-22T15:18:35.515Z')
    expect(state.facts).toEqual({
      type: 'full', label, completed: true, resumed: false, expired: [], warnings: 0, pageErrors: 0,
    })
  })

  it('never goes back, and ends with every byte of the copy', () => {
    const lines = parseLog(recording(version, 'progress-full-detail'))
    let state = fresh()
    const seen: number[] = []
    for (const next of lines) {
      state = advance(state, next, NOW)
      seen.push(state.progress.percent ?? 0)
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(state.progress.percent).toBe(100)
    expect(state.progress.filesDone).toBe(lines.filter(({ message }) => message.startsWith('backup file ')).length)
    expect(state.progress.bytesDone).toBe(state.progress.bytesTotal)
    // 2.9 GB as info says; the lines round each file to three digits
    expect(Math.abs((state.progress.bytesTotal ?? 0) / 3_078_928_547 - 1)).toBeLessThan(0.01)
    expect(state.progress.secondsLeft).toBeUndefined()
  })

  it('knows the total, the rate and the time left after the first big file', () => {
    const lines = parseLog(recording(version, 'progress-full-detail'))
    const first = lines.findIndex(({ message }) => message.startsWith('backup file '))
    const { progress } = follow(lines.slice(0, first + 1))
    expect(progress.percent).toBe(34.87)
    expect(progress.bytesDone).toBe(1024 ** 3)
    expect(Math.abs((progress.bytesTotal ?? 0) / 3_078_928_547 - 1)).toBeLessThan(0.001)
    expect(progress.rate).toBeGreaterThan(100_000_000)
    expect(progress.rate).toBeLessThan(110_000_000)
    expect(progress.secondsLeft).toBeGreaterThan(15)
    expect(progress.secondsLeft).toBeLessThan(21)
  })

  it('counts an incremental: only what it copies', () => {
    const { progress, facts } = follow(parseLog(recording(version, '07-incr-detail')))
    expect(facts).toMatchObject({ type: 'incr', completed: true })
    expect(progress.filesDone).toBe(version === '2.45' ? 6 : 8)
    expect(progress.bytesDone).toBeLessThan(28_000_000)
  })

  it('stops in the phase it was in when it was cancelled, and knows that it had resumed', () => {
    const state = follow(recordedLines(version, 'cancel2-TERM-group'))
    expect(phasesOf(state).at(-1)).toBe('copy')
    expect(state.facts).toMatchObject({ resumed: true, label: null, completed: false, warnings: 1 })
  })

  it('tells WAL that does not come: the copy is whole, the label is missing', () => {
    const state = follow(recordedLines(version, 'conc-backup1'))
    expect(phasesOf(state).at(-1)).toBe('wal')
    expect(state.progress.percent).toBe(100)
    expect(state.facts.label).toBeNull()
  })

  it('stays at the start when another process holds the lock', () => {
    expect(phasesOf(follow(recordedLines(version, 'conc-backup2')))).toEqual(['claim', 'start'])
  })
})

describe('facts', () => {
  it('lists what retention removed', () => {
    const { facts, progress } = follow(recordedLines('2.45', 'detail-full'))
    expect(facts.expired).toEqual(['20261124-170358F', '20261124-170203F'])
    expect(progress.steps.at(-1)).toMatchObject({ phase: 'expire', detail: '20261124-170358F, 20261124-170203F' })
  })

  it('counts page checksums that do not match: pgBackRest exits with 0', () => {
    expect(follow(recordedLines('2.45', 'pagesum')).facts).toMatchObject({ pageErrors: 1, warnings: 1, completed: true })
  })

  it.each([
    'invalid page checksum found in file /pg/base/5/1 at page 3',
    'invalid page checksums found in file /pg/base/5/1 at pages 3, 7-9',
    'page misalignment in file /pg/base/5/1: file size 8193 is not divisible by page size 8192',
  ])('counts %s', (message) => expect(follow([line(message, undefined, '  WARN')]).facts.pageErrors).toBe(1))

  it('knows that a differential became a full, before its size is told', () => {
    const warning = line('no prior backup exists, diff backup has been changed to full', undefined, '  WARN')
    expect(follow([warning]).facts).toMatchObject({ type: 'full', warnings: 1 })
  })

  it('is not resumed when what was left could not be used', () => {
    const message = "backup '20261124-170243F' cannot be resumed: partially deleted by prior resume or invalid"
    const warning = line(message, undefined, '  WARN')
    expect(follow([warning]).facts).toMatchObject({ resumed: false, warnings: 1 })
  })

  it('knows that the set stands although expire failed', () => {
    const { facts } = follow(recordedLines('2.45', 'expire-fails'))
    expect(facts).toMatchObject({ completed: true, label: '20261124-170203F', expired: [] })
  })

  it('takes no words of a reason for its own', () => {
    const message = 'backup command begin 2.45: --annotation="reason=new backup label = 20260101-000000F" --stanza=main'
    const begin = line(message, undefined, ' INFO')
    const rest = parseLine('                                    new backup label = 20260101-000000F', begin)
    expect(follow([begin, rest]).facts.label).toBeNull()
  })
})

describe('files', () => {
  it.each([
    ['backup file /pg/base/5/1 (8KB, 50.00%) checksum ab', 8_192],
    ['backup file db1:/pg/base/5/1 (8KB, 50.00%) checksum ab', 8_192],
    ['backup file /pg/base/5/1 (bundle 1/355337, 112KB, 50.00%) checksum ab', 114_688],
    ['backup file /pg/base/5/1 (bundle 1/0, 8KB->16KB, 50.00%) checksum ab', 8_192],
    ['backup file /pg/odd (1KB, 1%) name (8B, 50.00%) checksum ab', 8],
    ['match file from prior backup /pg/a (8B, 50.00%) checksum ab', 8],
    ['checksum resumed file /pg/a (1GB, 50.00%) checksum ab', 1024 ** 3],
    ['store truncated file /pg/a (1.5MB->0B, 50.00%)', 1.5 * 1024 ** 2],
    ['backup file /pg/a (0B, 50.00%)', 0],
  ])('%s', (message, bytes) => {
    const { progress } = follow([line(message)], copying())
    expect(progress).toMatchObject({ percent: 50, bytesDone: bytes, filesDone: 1 })
  })

  it.each(['store zero-length file /pg/base/1/13394', 'skip file removed by database /pg/base/5/1'])(
    'counts without bytes: %s',
    (message) => {
      const { progress } = follow([line(message)], copying())
      expect(progress.filesDone).toBe(1)
      expect(progress.percent).toBeUndefined()
    },
  )

  it.each([
    'reference pg_data/base/1/112 to 20261122-151823F',
    "remove file '/repo/x (1GB, 34.87%)' from resumed backup (no checksum in resumed manifest)",
    "wrote 'backup_label' file returned from backup stop function",
  ])('does not count: %s', (message) => expect(follow([line(message)], copying()).progress.filesDone).toBeUndefined())

  it('reads a bundle, whose small files come first: too small a percentage says nothing of the total', () => {
    const lines = recordedLines('2.45', 'bundle')
    const copied = lines.findIndex(({ message }) => message.includes('bundle 1/18081'))
    expect(follow(lines.slice(0, copied + 1)).progress.bytesTotal).toBeUndefined()
    expect(follow(lines).progress).toMatchObject({ percent: 100, filesDone: 8 + 8 + 3 })
  })
})

describe('the lock', () => {
  const ahead = () => {
    const file = line('backup file /pg/a (1KB, 60.00%) checksum ab', '15:00:20.000')
    return follow([file], advance(copying(), lock(250), at('15:00:10')))
  }

  it('counts exactly, also between the lines', () => {
    const state = advance(copying(), lock(250), at('15:00:10'))
    expect(state.progress).toMatchObject({ percent: 25, bytesDone: 250, bytesTotal: 1_000, rate: 25, secondsLeft: 30 })
  })

  it('stays exact when lines go on', () => {
    expect(ahead().progress).toMatchObject({ percent: 60, bytesDone: 600, bytesTotal: 1_000, rate: 30 })
  })

  it('never takes anything back: it is written in steps, the lines are ahead of it', () => {
    expect(advance(ahead(), lock(500), at('15:00:21')).progress).toMatchObject({ percent: 60, bytesDone: 600 })
  })

  it('lets the time left shrink while a big file is read, and does not know it once it is over', () => {
    const state = advance(copying(), lock(250), at('15:00:10'))
    expect(advance(state, lock(250), at('15:00:22')).progress.secondsLeft).toBe(18)
    expect(advance(state, lock(250), at('15:00:41')).progress.secondsLeft).toBeUndefined()
    expect(advance(state, { backupHeld: true }, at('15:00:20')).progress.secondsLeft).toBe(20)
  })

  it('is begun with nothing done', () => {
    expect(advance(copying(), lock(0), at('15:00:01')).progress).toMatchObject({ percent: 0, bytesDone: 0, bytesTotal: 1_000 })
  })

  it("counts only while we copy: before, it may be another process's; after, nothing is copied", () => {
    const before = fresh()
    expect(advance(before, lock(500), NOW)).toBe(before)
    const stop = line('execute backup stop and wait for all WAL segments to archive', '15:01:00.000', ' INFO')
    const after = follow([stop], copying())
    expect(advance(after, lock(500), NOW)).toBe(after)
  })

  it.each([[{ backupHeld: false }], [{ backupHeld: true }], [{ backupHeld: true, sizeTotal: 0, sizeDone: 0 }]])(
    'says nothing without sizes: %j',
    (empty) => expect(advance(copying(), empty, at('15:00:10')).progress.percent).toBeUndefined(),
  )
})

describe('time', () => {
  it('is the given one where a line has none', () => {
    const begin = { ...line('backup command begin 2.45: --stanza=main'), at: null }
    expect(follow([begin]).progress.steps.at(-1)?.startedAt).toBe(NOW.toISOString())
  })
})
