import { describe, expect, it } from 'vitest'
import { type BackupOptions, backup, check, info, infoProgress, stanzaCreate, version } from '@/worker/pgbackrest/commands'
import { featuresOf, parseVersion } from '@/worker/pgbackrest/version'
import { bothEnds, recording } from './recording'

const target = { config: '/srv/lab/pgbackrest.conf', stanza: 'salespider' }
const AT = ['--config=/srv/lab/pgbackrest.conf', '--stanza=salespider']
const LOGGED = ['--log-level-console=detail', '--log-level-stderr=off', '--log-timestamp']
const ANSWERED = ['--output=json', '--log-level-console=off', '--log-level-stderr=warn', '--io-timeout=5']

const options: BackupOptions = {
  ...target,
  repo: 1,
  type: 'diff',
  annotations: { job: '1843', by: 'Ada Okafor', reason: 'Before the price change', trigger: 'manual' },
  retention: { full: null, diff: null },
}

describe('backup', () => {
  it('is one argument for each option, the command last', () => {
    expect(backup(options).args).toEqual([
      ...AT,
      '--repo=1',
      '--type=diff',
      '--start-fast',
      '--annotation=job=1843',
      '--annotation=by=Ada Okafor',
      '--annotation=reason=Before the price change',
      '--annotation=trigger=manual',
      ...LOGGED,
      'backup',
    ])
  })

  it("passes the policy's retention on for the repository it writes to", () => {
    const { args } = backup({ ...options, repo: 2, processMax: 4, retention: { full: 4, diff: 14 } })
    const written = ['--repo=2', '--repo2-retention-full=4', '--repo2-retention-diff=14', '--process-max=4']
    expect(args).toEqual(expect.arrayContaining(written))
    expect(args.some((argument) => argument.startsWith('--repo1'))).toBe(false)
  })

  it.each([undefined, null, '', '   '])('leaves an empty reason out: %j', (reason) => {
    const { args } = backup({ ...options, annotations: { ...options.annotations, reason } })
    expect(args.filter((argument) => argument.startsWith('--annotation='))).toEqual([
      '--annotation=job=1843', '--annotation=by=Ada Okafor', '--annotation=trigger=manual',
    ])
  })

  it.each(['--delta', '-x', '=', 'a=b', '"quoted" \'text\' \\ $HOME `id`', '; rm -rf /', '₦ é 日本 🧾', '--annotation=job=1'])(
    'keeps a reason inside its own argument: %j',
    (reason) => {
      const { args } = backup({ ...options, annotations: { ...options.annotations, reason } })
      expect(args).toHaveLength(backup(options).args.length)
      expect(args).toContain(`--annotation=reason=${reason}`)
    },
  )

  it.each(['two\nlines', 'carriage\rreturn', 'nul\u0000', 'esc\u001b[2J', 'tab\there', 'line\u2028separator'])(
    'refuses what 2.45 writes raw into its JSON, or what breaks a line: %j',
    (reason) => expect(() => backup({ ...options, annotations: { ...options.annotations, reason } })).toThrow(),
  )

  it.each(['-main', '--help', 'a b', '"main"', 'ma\nin', 'mäin', '../x', 'a/b', '', '.', '..', 'main;ls', 'a*', 'global:x'])(
    'refuses the stanza %j: pgBackRest takes all but the empty one as a path',
    (stanza) => expect(() => backup({ ...options, stanza })).toThrow(),
  )

  it.each(['salespider', 'shop-2', 'Shop_3.lagos'])('takes the stanza %j', (stanza) => {
    expect(backup({ ...options, stanza }).args).toContain(`--stanza=${stanza}`)
  })

  it.each(['evil', '--full', 'full ', '', 'FULL'])('refuses the type %j', (type) => {
    expect(() => backup({ ...options, type: type as 'full' })).toThrow()
  })

  it.each([0, 257, 1.5, -1, NaN])('refuses the repository %d', (repo) => expect(() => backup({ ...options, repo })).toThrow())

  it.each([0, 10_000_000, -3, 1.5])('refuses to keep %d fulls or differentials, as pgBackRest would', (count) => {
    expect(() => backup({ ...options, retention: { full: count, diff: null } })).toThrow()
    expect(() => backup({ ...options, retention: { full: null, diff: count } })).toThrow()
  })

  it.each([0, 1_000, 1.5])('refuses %d processes, as pgBackRest would', (processMax) => {
    expect(() => backup({ ...options, processMax })).toThrow()
  })

  it.each(['pgbackrest.conf', '', '/etc/x\n.conf'])('refuses the configuration %j', (config) => {
    expect(() => backup({ ...options, config })).toThrow()
  })

  it('leaves the configuration to pgBackRest where none is given', () => {
    expect(backup({ ...options, config: undefined }).args[0]).toBe('--stanza=salespider')
  })

  it('never carries a secret', () => {
    const { args } = backup({ ...options, processMax: 2, retention: { full: 2, diff: 2 } })
    expect(args.filter((argument) => /^--[^=]*(key|secret|pass|token)/.test(argument))).toEqual([])
  })

  it.each(bothEnds)('reads what %s says it made', (recorded) => {
    const facts = backup(options).parse(recording(recorded, '06-diff'), '')
    expect(facts).toMatchObject({ type: 'diff', completed: true, warnings: 0 })
  })

  it('is kept by the real 2.45 as it was written', () => {
    const annotations = { job: '42', by: 'Ada Okafor', reason: 'Before "price" = change, ₦ é', trigger: 'manual' as const }
    const [stanza] = info(target).parse(recording('2.45', 'control-info'), '')
    expect(stanza?.sets.map(({ annotation }) => annotation)).toContainEqual(annotations)
    const written = backup({ ...options, annotations }).args.filter((argument) => argument.startsWith('--annotation='))
    expect(written).toEqual(Object.entries(annotations).map(([key, value]) => `--annotation=${key}=${value}`))
  })
})

describe('info', () => {
  it('asks for one stanza, or for all', () => {
    expect(info(target).args).toEqual([...AT, ...ANSWERED, 'info'])
    expect(info().args).toEqual([...ANSWERED, 'info'])
  })

  it('reads the catalog', () => expect(info(target).parse(recording('2.60', '09-info'), '')[0]?.sets).toHaveLength(4))
})

describe('infoProgress', () => {
  const of = (text: string) => infoProgress(target, featuresOf(parseVersion(text)))

  it('does not read the repositories where the version can do without', () => {
    expect(of('2.56.0').args).toEqual([...AT, '--detail-level=progress', ...ANSWERED, 'info'])
  })

  it.each(['2.45', '2.55.1'])('gives %s no option it does not know: 031', (text) => {
    expect(of(text).args).toEqual([...AT, ...ANSWERED, 'info'])
  })

  it('reads the lock of its own stanza', () => {
    const stanza = (name: string, held: boolean) => ({ name, status: { lock: { backup: { held } } } })
    const output = JSON.stringify([stanza('other', true), stanza('salespider', false)])
    expect(of('2.60.0dev').parse(output, '')).toEqual({ backupHeld: false })
  })
})

describe('stanza-create and check', () => {
  it('are for every repository', () => {
    expect(stanzaCreate(target).args).toEqual([...AT, ...LOGGED, 'stanza-create'])
    expect(check(target).args).toEqual([...AT, ...LOGGED, 'check'])
  })

  it.each(bothEnds)('%s: tells whether something was created', (recorded) => {
    expect(stanzaCreate(target).parse(recording(recorded, '02-stanza-create'), '')).toEqual({ created: true })
    expect(stanzaCreate(target).parse(recording(recorded, '02-stanza-create-again'), '')).toEqual({ created: false })
  })

  it('has created something when only one of two repositories had it', () => {
    const output = [
      "2026-11-22 16:35:30.099 P00   INFO: stanza-create for stanza 'main' on repo1",
      "2026-11-22 16:35:30.100 P00   INFO: stanza 'main' already exists on repo1 and is valid",
      "2026-11-22 16:35:30.105 P00   INFO: stanza-create for stanza 'main' on repo2",
    ].join('\n')
    expect(stanzaCreate(target).parse(output, '')).toEqual({ created: true })
  })
})

describe('version', () => {
  it('needs no configuration', () => {
    expect(version().args).toEqual(['version'])
    expect(version().parse('pgBackRest 2.45\n', '').text).toBe('2.45')
  })
})
