import type { SideCluster } from '../postgres/side-cluster'

/** The servers that this worker runs beside the shop, by the cluster they run on. */
export type SideClusters = {
  set(id: string, side: SideCluster): void
  /** Null when none runs on it */
  get(id: string): SideCluster | null
  stop(id: string): Promise<void>
  stopAll(): Promise<void>
}

export function openSideClusters(): SideClusters {
  const servers = new Map<string, SideCluster>()
  return {
    set(id, side) {
      servers.set(id, side)
      void side.ended.then(() => servers.get(id) === side && servers.delete(id))
    },
    get(id) {
      const side = servers.get(id)
      return side?.isRunning() ? side : null
    },
    async stop(id) {
      await servers.get(id)?.stop()
      servers.delete(id)
    },
    async stopAll() {
      await Promise.all([...servers.values()].map((side) => side.stop()))
    },
  }
}
