import { expect, it } from 'vitest'
import { type JobWords, repositoryName, startWords } from '@/components/jobs/words'
import { translator } from '@/lib/i18n'

const t = translator('jobs') as unknown as JobWords

it.each([
  ['a schedule', { trigger: 'schedule', by: 'full schedule', reason: null }, { name: 'Schedule', note: 'Full schedule' }],
  [
    'a schedule caught up',
    { trigger: 'catch-up', by: 'full schedule', reason: null },
    { name: 'Schedule', note: 'Caught up after a missed start' },
  ],
  [
    'a person with a reason',
    { trigger: 'manual', by: 'Ada Okafor', reason: 'Before stocktaking' },
    { name: 'Ada Okafor', note: 'Before stocktaking' },
  ],
  [
    'a person without one',
    { trigger: 'cli', by: 'Ada Okafor', reason: null },
    { name: 'Ada Okafor', note: 'On the command line' },
  ],
  ['a hand', { trigger: null, by: null, reason: null }, { name: 'By hand with pgbackrest', note: 'Not through this dashboard' }],
  ['a trigger of a later version', { trigger: 'policy', by: 'Ada Okafor', reason: null }, { name: 'Ada Okafor', note: '' }],
])('says who: %s', (_, start, expected) => expect(startWords(t, start, 'full')).toEqual(expected))

it('names a repository by where it is', () => {
  expect(repositoryName(t, { key: 1, type: 'posix' })).toBe('this machine')
  expect(repositoryName(t, { key: 3, type: 'tape' })).toBe('repository 3')
})
