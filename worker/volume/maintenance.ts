/** `maintenance.json` in the data volume: that the shop is being exchanged, for whoever else uses it; and where that had come to. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { clusterIdSchema } from '@/lib/restore/schema'
import { removeDurably, writeDurably } from './durable'

const markerSchema = z.object({
  job: z.string(),
  kind: z.enum(['switch', 'undo', 'restore-in-place']),
  /** ISO 8601 UTC */
  since: z.iso.datetime(),
  from: clusterIdSchema,
  to: clusterIdSchema,
  carried: z.array(z.string()),
})
export type Marker = z.infer<typeof markerSchema>

/** Other services run as other users. */
const MODE = 0o644
const file = (volume: string) => path.join(volume, 'maintenance.json')

export async function markMaintenance(volume: string, marker: Marker): Promise<void> {
  await writeDurably(file(volume), `${JSON.stringify(marker)}\n`, MODE)
}

/** Null where nothing is marked, or nothing that can be read. */
export async function readMaintenance(volume: string): Promise<Marker | null> {
  const text = await readFile(file(volume), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return markerSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

export async function clearMaintenance(volume: string): Promise<void> {
  await removeDurably(file(volume))
}
