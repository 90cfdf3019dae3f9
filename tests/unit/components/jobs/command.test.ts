import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { toArguments, toShell, toVariables } from '@/components/jobs/command'

describe('a command as run', () => {
  it('tells options from values', () => {
    expect(toArguments({ argv: ['pgbackrest', '--stanza=main', 'backup'], env: {} })).toEqual([
      { name: '', value: 'pgbackrest', hidden: false },
      { name: '--stanza=', value: 'main', hidden: false },
      { name: '', value: 'backup', hidden: false },
    ])
  })

  it('knows what is hidden', () => {
    expect(
      toVariables({ argv: [], env: { PGBACKREST_REPO1_CIPHER_PASS: 'hidden', PGBACKREST_REPO1_PATH: '/srv' } }).map(
        ({ hidden }) => hidden,
      ),
    ).toEqual([true, false])
  })

  it.each(['Before the price change', `it's "quoted" $HOME \`x\``, 'line\nbreak', '-leading', 'naïve 🙂', ''])(
    'survives a shell: %j',
    (reason) => {
      const argv = ['printf', '%s\\0', `--annotation=reason=${reason}`]
      expect(execFileSync('sh', ['-c', toShell({ argv, env: {} })], { encoding: 'utf8' })).toBe(`--annotation=reason=${reason}\0`)
    },
  )
})
