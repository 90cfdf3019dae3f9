import { describe, expect, it } from 'vitest'
import { joinContinued, parseLine, parseLog, printable } from '@/worker/pgbackrest/log'
import { recordedLines, recording } from './recording'

describe('parseLine', () => {
  it('reads time as UTC, process, level and message', () => {
    expect(parseLine("2026-11-22 15:35:42.711 P00 DETAIL: wrote 'backup_label' file", null)).toEqual({
      at: new Date('2026-11-22T15:35:42.711Z'),
      level: 'detail',
      process: 'P00',
      message: "wrote 'backup_label' file",
      continues: false,
    })
  })

  it.each([
    ['2026-11-22 15:18:22.648 P00   INFO: x', 'info', 'P00'],
    ['2026-11-22 15:18:22.648 P12   WARN: x', 'warn', 'P12'],
    ['2026-11-22 15:18:22.648 P00  ERROR: x', 'error', 'P00'],
    ['2026-11-22 15:18:22.648 P00 ASSERT: x', 'error', 'P00'],
    ['2026-11-22 15:18:22.648 P001  DEBUG: x', 'detail', 'P001'],
    ['2026-11-22 15:18:22.648 P00  TRACE: x', 'detail', 'P00'],
  ])('%s', (text, level, process) => expect(parseLine(text, null)).toMatchObject({ level, process, message: 'x' }))

  it("reads 2.45's stderr, which has neither time nor process", () => {
    expect(parseLine("ERROR: [031]: invalid option '--nosuch'", null)).toMatchObject({
      at: null, level: 'error', process: null, message: "[031]: invalid option '--nosuch'",
    })
  })

  it("reads 2.60's early errors, which have a process but no time", () => {
    expect(parseLine('P00  ERROR: [037]: backup command requires option: pg1-path', null)).toMatchObject({
      at: null, level: 'error', process: 'P00', message: '[037]: backup command requires option: pg1-path',
    })
  })

  it('leaves a line of another kind as it is', () => {
    expect(parseLine('terminated on signal SIGTERM', null)).toEqual({
      at: null, level: 'info', process: null, message: 'terminated on signal SIGTERM', continues: false,
    })
  })

  it('lets an indented line continue the one before, with its time and level', () => {
    const head = parseLine('2026-11-22 15:26:28.513 P00  ERROR: [056]: unable to find primary cluster', null)
    expect(parseLine('                                    HINT: are all available clusters in recovery?', head)).toEqual({
      ...head, message: 'HINT: are all available clusters in recovery?', continues: true,
    })
  })

  it('takes no second log line from inside a message: pgBackRest indents what follows a line feed', () => {
    const [begin, rest] = parseLog(
      [
        '2026-11-24 16:53:54.000 P00   INFO: backup command begin 2.45: --annotation=k=new',
        '                                    2026-11-24 16:53:54.000 P00  ERROR: [064]: forged --stanza=main',
      ].join('\n'),
    )
    expect(begin?.continues).toBe(false)
    expect(rest).toMatchObject({ level: 'info', continues: true })
  })

  it('replaces bytes that no database stores and no terminal should obey, keeps letters of any script', () => {
    expect(printable('a\u0000b\u001b[31mc\u0085\t₦ é 日本\r')).toBe('a\ufffdb\ufffd[31mc\ufffd\t₦ é 日本')
  })
})

describe('parseLog', () => {
  it.each(['2.45', '2.60'] as const)('%s: reads every line of a whole backup with its time', (version) => {
    const lines = parseLog(recording(version, 'progress-full-detail'))
    expect(lines.length).toBeGreaterThan(270)
    expect(lines.every(({ at, process }) => at !== null && process !== null)).toBe(true)
  })

  it('joins a message with what continues it', () => {
    const messages = joinContinued(recordedLines('2.60', 'err-disk-full-backup'))
    const error = messages.find(({ level }) => level === 'error')
    expect(error?.message.split('\n')).toHaveLength(2)
    expect(error?.message).toMatch(/^\[064\]: raised from local-2 protocol[^]*\n\[FileWriteError\] on 2 retries/)
    expect(messages.at(-1)?.message).toBe('backup command end: aborted with exception [064]')
  })

  it('survives the raw bytes of a wrong passphrase', () => {
    const [, error] = joinContinued(recordedLines('2.45', 'wrong-pass-6'))
    expect(error?.message).toContain('key/value found outside of section at line 1')
     
    expect(error?.message).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/)
  })
})
