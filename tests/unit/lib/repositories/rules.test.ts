import { describe, expect, it } from 'vitest'
import { keptBy } from '@/lib/repositories/rules'
import type { RepositorySettings } from '@/lib/repositories/schema'

const settings = (retention: RepositorySettings['retention']): RepositorySettings =>
  ({ endpoint: null, region: null, caFile: null, isVerified: true, retention })

describe('what is kept', () => {
  it('is what the environment says, wherever it says something', () => {
    expect(keptBy({ full: 4, diff: null }, settings({ full: 2, unit: 'sets', diff: 7 }))).toEqual({ full: 4, unit: 'sets', diff: 7 })
  })

  it('is else the repository’s own', () => {
    expect(keptBy({ full: null, diff: null }, settings({ full: 30, unit: 'days', diff: null }))).toEqual({ full: 30, unit: 'days', diff: null })
    expect(keptBy(null, settings({ full: null, unit: 'sets', diff: null }))).toEqual({ full: null, unit: 'sets', diff: null })
  })

  it('is not known where neither has been read', () => {
    expect(keptBy(null, undefined)).toBeNull()
    expect(keptBy({ full: null, diff: null }, undefined)).toBeNull()
    expect(keptBy({ full: 2, diff: null }, undefined)).toEqual({ full: 2, unit: 'sets', diff: null })
  })
})
