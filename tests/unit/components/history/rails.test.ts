import { describe, expect, it } from 'vitest'
import { passing, railsOf } from '@/components/history/rails'

const row = (id: string, lane: number, parent: number | null, kind: 'set' | 'job' = 'set') => ({ id, lane, parent, kind })
const draw = (rows: Parameters<typeof railsOf>[0], hot: string[] = []) =>
  railsOf(rows, new Set(hot)).map((rails) =>
    rails
      .map(({ shape, lane, hot: isHot, dashed }) => `${shape} ${lane}${isHot ? ' hot' : ''}${dashed ? ' dashed' : ''}`)
      .toSorted(),
  )

describe('railsOf', () => {
  it('hangs differentials from their full, past the ones between', () => {
    expect(draw([row('f', 0, null), row('d1', 1, 0), row('d2', 1, 0)])).toEqual([
      ['out 0'],
      ['elbow 0', 'through 0'],
      ['elbow 0'],
    ])
  })

  it('goes on in the lane from an incremental to the next', () => {
    const rows = [row('f', 0, null), row('d', 1, 0), row('i1', 2, 1), row('i2', 2, 2)]
    expect(draw(rows)).toEqual([['out 0'], ['elbow 0', 'out 1'], ['elbow 1', 'out 2'], ['in 2']])
  })

  it('inks the chain and nothing beside it', () => {
    const rows = [row('f', 0, null), row('d1', 1, 0), row('i', 2, 1), row('d2', 1, 0)]
    expect(draw(rows, ['f', 'd1', 'i'])).toEqual([
      ['out 0 hot'], ['elbow 0 hot', 'out 1 hot', 'through 0'], ['elbow 1 hot', 'through 0'], ['elbow 0'],
    ])
  })

  it('inks what the chain passes on its way', () => {
    const rows = [row('f', 0, null), row('d1', 1, 0), row('d2', 1, 0)]
    expect(draw(rows, ['f', 'd2'])).toEqual([['out 0 hot'], ['elbow 0', 'through 0 hot'], ['elbow 0 hot']])
  })

  it('dashes only the way to what runs', () => {
    expect(draw([row('f', 0, null), row('j', 1, 0, 'job'), row('d', 1, 0)])).toEqual([
      ['out 0'],
      ['elbow 0 dashed', 'through 0'],
      ['elbow 0'],
    ])
  })

  it('draws nothing to a set whose prior is gone', () => {
    expect(draw([row('gone', 0, null), row('d', 1, null)])).toEqual([[], []])
  })
})

describe('passing', () => {
  it('lets through what goes on below', () => {
    const [, second = []] = railsOf([row('f', 0, null), row('d1', 1, 0), row('i', 2, 1), row('d2', 1, 0)], new Set())
    expect(passing(second).map(({ shape, lane }) => `${shape} ${lane}`).toSorted()).toEqual(['through 0', 'through 1'])
  })
})
