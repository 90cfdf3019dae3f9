/** `in-place/` in the data volume: how far a restore over the shop itself has come, for whoever has to bring it to its end. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { reachedSchema, restorePlanSchema } from '@/lib/restore/schema'
import { writeDurably } from './durable'

const known = { job: z.string(), plan: restorePlanSchema, safetyLabel: z.string() }
const stateSchema = z.discriminatedUnion('stage', [
  /** A shop that ran when the job came */
  z.object({ ...known, stage: z.literal('closing') }),
  /** One that an earlier restore left half done */
  z.object({ ...known, stage: z.literal('closed') }),
  /** All files are those of the set; WAL has still to be replayed */
  z.object({ ...known, stage: z.literal('restored') }),
  /** That too; it has still to be promoted, where it is not, and opened */
  z.object({ ...known, stage: z.literal('reached'), reached: reachedSchema }),
])
export type InPlaceState = z.infer<typeof stateSchema>
export type ReachedState = Extract<InPlaceState, { stage: 'reached' }>

const directory = (volume: string) => path.join(volume, 'in-place')
const file = (volume: string) => path.join(directory(volume), 'state.json')

/** The shop's own configuration, while what is in its place has another one. */
export const configurationAside = (volume: string) => path.join(directory(volume), 'configuration')

export async function writeInPlace(volume: string, state: InPlaceState): Promise<void> {
  await mkdir(directory(volume), { recursive: true, mode: 0o700 })
  await writeDurably(file(volume), `${JSON.stringify(state)}\n`)
}

/** Null where none is under way. Throws for a state that cannot be read: it must not be taken for none. */
export async function readInPlace(volume: string): Promise<InPlaceState | null> {
  if (!existsSync(file(volume))) return null
  return stateSchema.parse(JSON.parse(await readFile(file(volume), 'utf8')))
}

export async function clearInPlace(volume: string): Promise<void> {
  await rm(directory(volume), { recursive: true, force: true })
}
