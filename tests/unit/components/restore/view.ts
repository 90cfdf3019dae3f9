import type { ClusterJob, RestoreView } from '@/lib/restore/view/schema'

const at = (text: string) => new Date(`2026-11-24T${text}Z`)

/** A shop on timeline 3: a restore left the rest of timeline 1, an undo the rest of timeline 2. */
export function restoreView(part: Partial<RestoreView> = {}): RestoreView {
  return {
    now: at('16:00:00'), stanza: 'salespider', isWorkerAlive: true, isShopLost: false, timeZone: 'Africa/Lagos',
    currency: { code: 'NGN', symbol: '₦' },
    windows: [], rehearsal: null, kept: [], jobs: [], runningBackup: null, lastExchange: null, lastFailure: null,
    timelines: [
      { id: 1, parents: [], beganAt: null, endedAt: at('12:00:00'), isLive: false, isAncestor: true },
      {
        id: 2, parents: [{ timeline: 1, switchLsn: '0/5000000' }],
        beganAt: null, endedAt: at('14:00:00'), isLive: false, isAncestor: false,
      },
      { id: 3, parents: [{ timeline: 1, switchLsn: '0/7000000' }], beganAt: null, endedAt: null, isLive: true, isAncestor: true },
    ],
    sets: [{
      label: '20261124-010003F', repo: 1, type: 'full', stoppedAt: at('01:01:00'), databaseSize: 3_100_000_000,
      timeline: 1, isOnLiveLineage: true, isUsable: true,
    }],
    restorePoints: [
      { id: '2', name: 'during the restore', at: at('13:00:00'), lsn: '0/6000000', timeline: 2, by: 'Ada Okafor' },
      { id: '1', name: 'before stocktaking', at: at('11:00:00'), lsn: '0/4000000', timeline: 1, by: 'Ada Okafor' },
    ],
    estimate: { restoreRate: null, replayRate: null, startMs: null, checkMs: null, downtimeMs: null, samples: 0 },
    ...part,
  }
}

export function clusterJob(part: Partial<ClusterJob> = {}): ClusterJob {
  return {
    id: '12', kind: 'rehearse', status: 'RUNNING', actorName: 'Tunde Bello', createdAt: at('15:59:00'), claimedAt: at('15:59:01'),
    phase: 'restore', entered: ['claim', 'plan', 'disk', 'restore'], percent: 40, replayedAt: null, secondsLeft: null, cancelRequestedAt: null, ...part,
  }
}
