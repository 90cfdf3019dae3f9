import { describe, expect, it } from 'vitest'
import { readRestoreLine, restore, restoreCommand } from '@/worker/pgbackrest/restore'

const options = {
  config: '/etc/pgbackrest/pgbackrest.conf', stanza: 'salespider', directory: '/v/clusters/c1', lockPath: '/v/lock', repo: 1,
  label: '20261124-020000F', delta: false, timeline: 2, time: null,
} as const

describe('a restore', () => {
  it('always names set and timeline: pgBackRest picks both blind to lineage', () => {
    const { args } = restore({ ...options, target: { type: 'time', at: '2026-11-24T13:03:22Z' }, time: '2026-11-24T13:03:22Z' })
    expect(args).toEqual(expect.arrayContaining([
      '--set=20261124-020000F', '--target-timeline=2', '--type=time', '--target=2026-11-24 13:03:22+00', '--target-action=pause', '--archive-mode=off',
      '--pg1-path=/v/clusters/c1', '--lock-path=/v/lock',
    ]))
    expect(args.at(-1)).toBe('restore')
    expect(args).not.toContain('--delta')
  })

  it('goes over what is there with --delta (SaleSpider’s defect 2: without it error 040, and PostgreSQL stays stopped)', () => {
    const { args } = restore({ ...options, delta: true, target: { type: 'latest' }, time: '2026-11-24T13:03:22Z' })
    expect(args).toContain('--delta')
  })

  it('refuses what could become an option or a shell’s word', () => {
    for (const bad of [{ label: '--set' }, { stanza: '-x' }, { directory: "/v/'quoted'" }, { directory: 'relative' }, { config: '/a\nb' }]) {
      expect(() => restore({ ...options, ...bad, target: { type: 'latest' }, time: '2026-11-24T13:03:22Z' } as never)).toThrow()
    }
  })

  it("names no file where pgBackRest's own place is meant: else it would not read conf.d beside it", () => {
    const { args } = restore({ ...options, target: { type: 'latest' }, time: '2026-11-24T13:03:22Z' })
    expect(args.some((argument) => argument.startsWith('--config'))).toBe(false)
  })

  it('fetches WAL for its own directory', () => {
    const command = restoreCommand({ program: 'pgbackrest', config: '/a b/%.conf', stanza: 'salespider', directory: '/v/clusters/c1' })
    expect(command).toContain("--config='/a b/%%.conf' --stanza='salespider' --pg1-path='/v/clusters/c1'")
    expect(command).toMatch(/archive-get %f "%p"$/)
  })
})

it.each([
  ['restore file /t/base/16402/16415.1 (1GB, 34.87%) checksum 2822d78c06623562bf06b065e51f7c6329520172', { bytes: 2 ** 30, percent: 34.87 }],
  ['restore file /t/base/16402/16423 (364.2MB, 82.15%) checksum 6876', { bytes: 364.2 * 2 ** 20, percent: 82.15 }],
  ['restore file /t/base/5/2 (bundle 1/0, 8KB, 0.1%) checksum 6876', { bytes: 8192, percent: 0.1 }],
  ['restore file /t/base/5/1 - exists and matches backup (16KB, 12.5%) checksum 11', { bytes: 16384, percent: 12.5 }],
  ['restore zeroed file /t/base/5/3 (8KB, 50%)', { bytes: 8192, percent: 50 }],
  ["check '/t' exists", null],
])('%s', (line, told) => expect(readRestoreLine(line)).toEqual(told))
