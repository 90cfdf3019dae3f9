/** A zone's wall clock, both ways. */
import { tzOffset } from '@date-fns/tz'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

const offsets = new Map<string, number>()

/** Minutes from UTC. Zones change on quarter hours; what was asked is kept, because asking Intl is what a tick costs. */
function offsetAt(instant: number, zone: string): number {
  const key = `${zone} ${Math.floor(instant / (15 * MINUTE))}`
  const offset = offsets.get(key) ?? tzOffset(zone, new Date(instant))
  if (offsets.size > 20_000) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** A date whose UTC fields are what the wall clock of the zone shows. */
export function toWallClock(instant: Date, zone: string): Date {
  return new Date(instant.getTime() + offsetAt(instant.getTime(), zone) * MINUTE)
}

/** A wall clock's time as instants: one; moved on where spring skips it; where autumn repeats it two, earlier first. */
export function fromWallClock(wall: number, zone: string): number[] {
  const before = wall - offsetAt(wall - DAY, zone) * MINUTE
  const after = wall - offsetAt(wall + DAY, zone) * MINUTE
  if (before === after) return [before]
  const real = [before, after].filter((instant) => instant + offsetAt(instant, zone) * MINUTE === wall)
  return real.length > 0 ? real : [before]
}

/** Whether this runtime knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
