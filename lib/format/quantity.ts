import { translator } from '@/lib/i18n'

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

type Unit = 'millisecond' | 'second' | 'minute' | 'hour'

/** Sizes, spans, counts: two or three digits that matter, and a unit. */
export function quantities(locale: string) {
  const words = translator('format')
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const unit = (name: Unit, value: number) => words(`unit.${name}`, { value: whole.format(value) })
  const days = (count: number) => words('unit.day', { count })
  const pair = (large: string, small: number, name: Unit) => (small > 0 ? `${large} ${unit(name, small)}` : large)

  /** How long something took, rounded to its last unit. */
  const duration = (milliseconds: number) => {
    const span = Math.max(0, milliseconds)
    if (span < 99.5) return unit('millisecond', Math.round(span))
    if (span < 950) return words('unit.second', { value: tenths.format(span / SECOND) })
    const seconds = Math.round(span / SECOND)
    if (seconds < 60) return unit('second', seconds)
    if (seconds < 3_600) return pair(unit('minute', Math.floor(seconds / 60)), seconds % 60, 'second')
    const minutes = Math.round(span / MINUTE)
    if (minutes < 1_440) return pair(unit('hour', Math.floor(minutes / 60)), minutes % 60, 'minute')
    const hours = Math.round(span / HOUR)
    return pair(days(Math.floor(hours / 24)), hours % 24, 'hour')
  }

  return {
    count: (value: number) => whole.format(value),

    percent: (value: number, decimals = 0) => {
      const factor = 10 ** decimals
      // What binary fractions lose must not cost a digit: 57.3 is 57.2999….
      const down = Math.floor(value * factor + 1e-9) / factor
      const number = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
      return words('percent', { value: number.format(down) })
    },

    bytes: (bytes: number) => {
      let value = Math.max(0, bytes)
      let power = 0
      while (roundTo3(value) >= 1_000 && power < byteUnits.length - 1) {
        value /= 1_000
        power += 1
      }
      const exact = power === 0 || roundTo3(value) >= 100
      return words(`bytes.${byteUnits[power] ?? 'B'}`, { value: (exact ? whole : tenths).format(value) })
    },

    /** Time that has passed or is to pass, cut rather than rounded; minutes are told beside hours below `minutesBelow`. */
    span: (milliseconds: number, minutesBelow: number) => {
      if (milliseconds < MINUTE) return unit('second', Math.floor(milliseconds / SECOND))
      if (milliseconds < HOUR) return unit('minute', Math.floor(milliseconds / MINUTE))
      if (milliseconds >= 2 * DAY) return days(Math.floor(milliseconds / DAY))
      const minutes = milliseconds < minutesBelow ? Math.floor((milliseconds % HOUR) / MINUTE) : 0
      return pair(unit('hour', Math.floor(milliseconds / HOUR)), minutes, 'minute')
    },

    duration,

    /** As `duration`, but in tenths of a second below `below`: what is short enough for them to matter. Nothing is "0.0 s". */
    tenths: (milliseconds: number, below = 10 * SECOND) => {
      if (milliseconds >= below - 50) return duration(milliseconds)
      const value = words('unit.second', { value: tenths.format(Math.max(100, milliseconds) / SECOND) })
      return milliseconds < 50 ? words('under', { span: value }) : value
    },
  }
}

/** As it will be shown: whole from 100 on, tenths below, so that 99.96 counts as 100 and 999.6 as 1,000. */
function roundTo3(value: number): number {
  const tenths = Math.round(value * 10) / 10
  return tenths >= 100 ? Math.round(value) : tenths
}
