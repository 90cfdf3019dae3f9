/** Where recovery stops, as settings. */
import type { RestorePlan } from '@/lib/restore/schema'

export type Settings = Record<string, string>

/** `2026-11-24T13:03:22.5Z` as PostgreSQL takes it: without an offset it would be read in the server's zone. */
export function toPostgresTime(moment: string): string {
  return moment.replace('T', ' ').replace('Z', '+00')
}

/** Beside them no other target may be set, not even to nothing: see dropRecovery. Throws for a time that was not planned. */
export function targetSettings({ target, time, timeline }: Pick<RestorePlan, 'target' | 'time' | 'timeline'>): Settings {
  return {
    ...ownSetting(target, time),
    recovery_target_timeline: String(timeline),
    recovery_target_inclusive: 'on',
    recovery_target_action: 'pause',
  }
}

function ownSetting(target: RestorePlan['target'], time: string | null): Settings {
  switch (target.type) {
    case 'set':
      return { recovery_target: 'immediate' }
    case 'name':
      return { recovery_target_name: target.name }
    case 'xid':
      return { recovery_target_xid: target.xid }
    case 'lsn':
      return { recovery_target_lsn: target.lsn }
    case 'time':
    case 'latest':
      if (!time) throw new Error('a plan for a time without one')
      return { recovery_target_time: toPostgresTime(time) }
  }
}

/** Replays what it has itself and opens a new timeline, higher than every one it is shown. */
export const onwardSettings: Settings = { recovery_target_timeline: 'current', recovery_target_action: 'promote' }
