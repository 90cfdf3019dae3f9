import { toWallClock } from '@/lib/format/zone'

/** "2026-11-24T14:03:21+01:00": the moment as the zone's wall clock shows it; `at` is UTC, up to microseconds. */
export function isoIn(at: string, zone: string): string {
  const instant = new Date(at)
  const wall = toWallClock(instant, zone)
  const minutes = Math.round((wall.getTime() - instant.getTime()) / 60_000)
  const fraction = /\.\d+/.exec(at)?.[0] ?? ''
  return `${wall.toISOString().slice(0, 19)}${fraction}${minutes === 0 ? 'Z' : offsetText(minutes)}`
}

/** Minutes from UTC: "+01:00", "−03:30" with a plain hyphen, as ISO 8601 has it. */
function offsetText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const away = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`
}

/** "UTC+1", "UTC−3:30", "UTC" as people say it. */
export function offsetName(zone: string, at: Date): string {
  const minutes = Math.round((toWallClock(at, zone).getTime() - at.getTime()) / 60_000)
  if (minutes === 0) return 'UTC'
  const away = Math.abs(minutes)
  const rest = away % 60 ? `:${String(away % 60).padStart(2, '0')}` : ''
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(away / 60)}${rest}`
}

/** The zone's last name: "Lagos", "Buenos Aires". */
export function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}
