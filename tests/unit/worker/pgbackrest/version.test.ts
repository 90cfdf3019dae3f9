import { describe, expect, it } from 'vitest'
import { featuresOf, parseVersion } from '@/worker/pgbackrest/version'

describe('parseVersion', () => {
  it.each([
    ['pgBackRest 2.45\n', { major: 2, minor: 45, patch: 0, text: '2.45' }],
    ['pgBackRest 2.60.0dev\n', { major: 2, minor: 60, patch: 0, text: '2.60.0dev' }],
    ['2.55.1', { major: 2, minor: 55, patch: 1, text: '2.55.1' }],
    ['pgBackRest 3.1', { major: 3, minor: 1, patch: 0, text: '3.1' }],
  ])('%j', (output, version) => expect(parseVersion(output)).toEqual(version))

  it.each(['', 'pgBackRest', 'postgres (PostgreSQL) 15.20', 'pgBackRest 2', "ERROR: [031]: invalid option '--version'"])(
    'refuses %j',
    (output) => expect(() => parseVersion(output)).toThrow('Not a pgBackRest version'),
  )
})

describe('featuresOf', () => {
  it.each([
    ['2.45', false, false],
    ['2.47', false, false],
    ['2.48', true, false],
    ['2.55.1', true, false],
    ['2.56.0', true, true],
    ['2.60.0dev', true, true],
    ['3.0', true, true],
  ])('%s: sizes in the lock %s, progress alone %s', (text, jsonLockProgress, progressDetailLevel) => {
    expect(featuresOf(parseVersion(text))).toEqual({ jsonLockProgress, progressDetailLevel })
  })
})
