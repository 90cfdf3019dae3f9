import { describe, expect, it } from 'vitest'
import { paceOf } from '@/lib/restore/view/rules'

/** 2 s before it does anything, then 4 a second */
const took = (amount: number) => ({ amount, ms: 2_000 + amount * 250 })

describe('what a task takes', () => {
  it('is known only once it was done', () => expect(paceOf([])).toEqual({ startMs: 0, perSecond: null }))

  it('is pace alone while the samples are alike', () => {
    expect(paceOf([took(10)])).toEqual({ startMs: 0, perSecond: 10 / 4.5 })
    expect(paceOf([took(10), took(11), took(12)])).toMatchObject({ startMs: 0 })
  })

  it('is a start and a pace where they tell the two apart', () => {
    const pace = paceOf([took(2), took(10), took(40), took(80)])
    expect(pace.startMs).toBeCloseTo(2_000)
    expect(pace.perSecond).toBeCloseTo(4)
  })

  it('does not follow one odd sample', () => {
    const pace = paceOf([took(2), took(10), took(20), took(40), took(80), { amount: 5, ms: 90_000 }])
    expect(pace.startMs).toBeCloseTo(2_000)
    expect(pace.perSecond).toBeCloseTo(4)
  })

  it('is never less than nothing', () => {
    const slower = paceOf([{ amount: 10, ms: 5_000 }, { amount: 40, ms: 1_000 }])
    expect(slower).toEqual({ startMs: 0, perSecond: 2 })
  })

  it('leaves out what was not measured', () => expect(paceOf([{ amount: 0, ms: 900 }, { amount: 8, ms: 0 }]).perSecond).toBeNull())
})
