import { describe, expect, it } from 'vitest'
import { parseInfo, parseLock } from '@/worker/pgbackrest/info'
import { bothEnds, recording } from './recording'

function only(output: string) {
  const [stanza, ...others] = parseInfo(output)
  if (!stanza || others.length > 0) throw new Error('expected one stanza')
  return stanza
}

describe.each(bothEnds)('info of %s', (version) => {
  it('reads the catalog: chain, sizes in bytes, times, annotations', () => {
    const { sets, repos, archives, lock, status } = only(recording(version, '09-info'))
    expect(status).toEqual({ code: 0, message: 'ok' })
    expect(lock.backupHeld).toBe(false)
    expect(repos).toEqual([{ key: 1, cipher: 'none', status: { code: 0, message: 'ok' } }])
    expect(archives).toEqual([
      { id: '15-1', databaseId: 1, repoKey: 1, min: '000000010000000000000001', max: '00000001000000000000000B' },
    ])
    expect(sets.map(({ type }) => type)).toEqual(['full', 'diff', 'incr', 'incr'])
    expect(sets[0]).toMatchObject({ prior: null, reference: [], error: false })
    expect(sets[0]?.annotation).toEqual({ 'job-id': 'j-001', trigger: 'manual' })
    expect(sets[1]?.prior).toBe(sets[0]?.label)
    expect(sets[2]?.reference).toEqual([sets[0]?.label, sets[1]?.label])
    expect(sets[3]?.annotation).toEqual({})
  })

  it("keeps the system identifier's every digit: it exceeds 2^53", () => {
    const { databases, sets } = only(recording(version, '09-info'))
    const systemId = version === '2.45' ? '7711015304780147577' : '7711015309220637660'
    expect(Number(systemId).toString()).not.toBe(systemId)
    expect(databases).toEqual([{ id: 1, repoKey: 1, systemId, version: '15' }])
    expect(sets.every((set) => set.systemId === systemId)).toBe(true)
  })

  it('reads a stanza without backups, and one that does not exist: info exits with 0 all the same', () => {
    const empty = only(recording(version, '04-info-empty'))
    expect(empty).toMatchObject({ status: { code: 2 }, sets: [], repos: [{ status: { code: 2 } }] })
    const missing = only(recording(version, '00-info-nostanza'))
    expect(missing).toMatchObject({ status: { code: 1 }, databases: [], sets: [], repos: [{ key: 1, status: { code: 1 } }] })
  })

  it('tells what a repository says of itself when it cannot be read', () => {
    const { status, repos } = only(recording(version, 'err-repo-perm-info'))
    expect(status).toEqual({ code: 99, message: 'other' })
    expect(repos[0]?.status).toMatchObject({ code: 99, message: expect.stringContaining('[13] Permission denied') })
  })

  it('survives the raw control bytes of a wrong passphrase', () => {
    const output = recording(version, 'wrong-pass-info')
    expect(() => JSON.parse(output)).toThrow()
    const { repos } = only(output)
    expect(repos[0]?.cipher).toBe('aes-256-cbc')
    expect(repos[0]?.status.message).toContain('key/value found outside of section at line 1')
     
    expect(repos[0]?.status.message).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/)
  })
})

describe('parseInfo', () => {
  it('reads times as seconds since 1970 and sizes as bytes', () => {
    expect(only(recording('2.60', '09-info')).sets[1]).toEqual({
      repoKey: 1,
      label: '20261122-151835F_20261122-151837D',
      type: 'diff',
      prior: '20261122-151835F',
      reference: ['20261122-151835F'],
      startedAt: new Date('2026-11-22T15:18:37Z'),
      stoppedAt: new Date('2026-11-22T15:18:38Z'),
      archiveStart: '000000010000000000000007',
      archiveStop: '000000010000000000000007',
      lsnStart: '0/7000028',
      lsnStop: '0/7000100',
      systemId: '7711015309220637660',
      databaseSize: 50_026_402,
      databaseDelta: 26_771_714,
      repositorySize: 18_748_100,
      repositoryDelta: 14_188_831,
      error: false,
      annotation: { 'job-id': 'j-002' },
      backrestVersion: '2.60.0dev',
    })
  })

  it('shows a page checksum failure, which exits with 0', () => {
    const { sets } = only(recording('2.45', 'pagesum-info'))
    expect(sets.filter(({ error }) => error)).toHaveLength(1)
  })

  it('reads an annotation made by hand with a control byte in it', () => {
    const output = recording('2.45', 'control-info')
    expect(() => JSON.parse(output)).toThrow('control character')
    expect(only(output).sets.at(-1)?.annotation).toEqual({ note: 'esc\ufffdx' })
  })

  it('takes no number from inside an annotation for one of its own', () => {
    const { sets } = only(recording('2.60', '09-info').replace('"j-001"', String.raw`"\"system-id\":7711015309220637660, \\"`))
    expect(sets[0]?.annotation['job-id']).toBe('"system-id":7711015309220637660, \\')
  })

  it('takes sets without a size in the repository (block incremental), without LSN, and with an unknown error state', () => {
    const output = recording('2.60', '09-info')
      .replace('"repository":{"delta":15911342,"size":15911342}', '"repository":{"delta":15911342,"delta-map":12}')
      .replace('"lsn":{"start":"0/5000028","stop":"0/5000100"},', '')
      .replace('"error":false', '"error":null')
    const [set] = only(output).sets
    expect(set).toMatchObject({ repositorySize: null, repositoryDelta: 15_911_342, lsnStart: null, error: false })
  })

  it('finds the cluster of a set by repository and history id', () => {
    const database = (id: number, key: number, system: string) =>
      `{"id":${id},"repo-key":${key},"system-id":${system},"version":"15"}`
    const output = recording('2.60', '09-info').replace(
      /"db":\[.*?\]/,
      `"db":[${database(1, 2, '7711015309220637661')},${database(2, 1, '7711015309220637662')},${database(1, 1, '12345')}]`,
    )
    expect(only(output).sets[0]?.systemId).toBe('12345')
  })

  it('reads several stanzas, and none', () => {
    const [first] = JSON.parse(recording('2.60', '04-info-empty')) as object[]
    expect(parseInfo(JSON.stringify([first, { ...first, name: 'other' }])).map(({ name }) => name)).toEqual(['main', 'other'])
    expect(parseInfo('[]')).toEqual([])
  })

  it.each(['', 'stanza: main\n    status: ok', '{}', '[{"name":"main"}]'])('refuses what is not its JSON: %j', (output) => {
    expect(() => parseInfo(output)).toThrow()
  })
})

describe('parseLock', () => {
  const stanza = (lock: string) => `[{"archive":[],"backup":[],"name":"main","status":{"code":0,"lock":${lock},"message":"ok"}}]`

  it('2.45 tells only that it is held', () => {
    expect(parseLock(stanza('{"backup":{"held":true}}'), 'main')).toEqual({ backupHeld: true })
  })

  it('2.60 tells sizes', () => {
    const sizes = '"size":3078944931,"size-cplt":1073741824'
    const lock = `{"backup":{"held":true,"repo":[{"key":1,${sizes}}],${sizes}},"restore":{"held":false}}`
    expect(parseLock(stanza(lock), 'main')).toEqual({ backupHeld: true, sizeTotal: 3_078_944_931, sizeDone: 1_073_741_824 })
  })

  it('reads the short answer of --detail-level=progress', () => {
    const output = '[{"name":"main","status":{"lock":{"backup":{"held":true,"size":10,"size-cplt":5},"restore":{"held":false}}}}]'
    expect(parseLock(output, 'main')).toEqual({ backupHeld: true, sizeTotal: 10, sizeDone: 5 })
  })

  it('is not held for a stanza that is not listed', () => {
    expect(parseLock(stanza('{"backup":{"held":true}}'), 'other')).toEqual({ backupHeld: false })
    expect(parseLock('[]', 'main')).toEqual({ backupHeld: false })
  })
})
