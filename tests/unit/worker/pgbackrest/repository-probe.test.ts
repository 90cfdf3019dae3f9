import { describe, expect, it } from 'vitest'
import { probeCommands } from '@/worker/pgbackrest/repository-probe'

const target = { config: '/srv/pgbackrest.conf', stanza: 'salespider', repo: 2, name: '12' }
const common = ['--config=/srv/pgbackrest.conf', '--stanza=salespider', '--repo=2', '--log-level-console=off', '--log-level-stderr=warn', '--io-timeout=5']

describe('the probe', () => {
  const commands = probeCommands(target)

  it('is written, read and removed beside the backups, never below them', () => {
    expect(commands.write.args).toEqual([...common, '--raw', 'repo-put', 'salespider-probe-salespider/12'])
    expect(commands.read.args).toEqual([...common, '--raw', '--ignore-missing', 'repo-get', 'salespider-probe-salespider/12'])
    expect(commands.remove.args).toEqual([...common, 'repo-rm', 'salespider-probe-salespider/12'])
    expect(commands.removeAll.args).toEqual([...common, '--recurse', 'repo-rm', 'salespider-probe-salespider'])
    expect(commands.list.args).toEqual([...common, '--sort=none', '--output=text', 'repo-ls'])
  })

  it('the passphrase is tried on what pgBackRest itself has encrypted', () => {
    expect(commands.decrypt.args).toEqual([...common, '--ignore-missing', 'repo-get', 'archive/salespider/archive.info'])
  })

  it.each([
    { ...target, stanza: '../archive' }, { ...target, stanza: '-x' }, { ...target, name: '../../backup' }, { ...target, name: '' }, { ...target, repo: 0 },
  ])('refuses %j', (wrong) => {
    expect(() => probeCommands(wrong)).toThrow()
  })
})
