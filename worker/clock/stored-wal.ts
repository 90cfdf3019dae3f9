/** What WAL the repositories hold, read off their listings: what PostgreSQL calls archived may never have arrived. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { publishIdentity } from '@/lib/health/mutations'
import type { JobFailure } from '@/lib/jobs/schema'
import { keepRepositories, recordTimelines, relookAt, replaceHeld } from '@/lib/restore/clock/mutations'
import { parseHistory } from '@/lib/restore/lineage/rules'
import type { WalFacts } from '@/lib/restore/reach/rules'
import { type Segment, hex8, segmentsPerDirectory } from '@/lib/restore/wal/rules'
import { findNewestTimeline, readWalFacts } from '@/lib/restore/window/data'
import { JobFailed, type WorkerContext } from '../context'
import { findLostCluster } from '../lost-host'
import { openListing } from '../pgbackrest/archive'
import type { RepositoryArchives } from '../pgbackrest/engine'
import type { WalIdentity } from '../postgres/observe'

export type Archive = { repoKey: number; archiveId: string; segmentSize: number }
export type Look = {
  /** Those of the shop's cluster that could be listed */
  archives: Archive[]
  segments: number
  failures: { repo: number; failure: JobFailure }[]
}

/**
 * Lists everything and makes our tables say what is there. A repository that cannot be read proves nothing: what was known
 * of it stays. Null while it is not known which cluster the shop is.
 */
export function lookAtArchives(context: WorkerContext, now: Date): Promise<Look | null> {
  return alone(() => listArchives(context, now))
}

/** Of the looks of this worker. A listing that began before a segment arrived would take it away again, ended after it was written down. */
let lastLook: Promise<unknown> = Promise.resolve()

function alone<T>(look: () => Promise<T>): Promise<T> {
  const mine = lastLook.then(look, look)
  lastLook = mine.catch(() => undefined)
  return mine
}

async function listArchives(context: WorkerContext, now: Date): Promise<Look | null> {
  const { db, env, engine } = context
  const facts = await readWalFacts(db, env.stanza)
  const known = (await context.shop.wal()) ?? identityOf(facts)
  const identity = known ?? (await findLostCluster(context))
  if (!identity) return null
  const repositories = await engine.readArchives()
  const looks = await Promise.all(repositories.map((repository) => lookAtRepository(context, repository, identity, now)))
  // An empty configuration is one that could not be read.
  if (repositories.length > 0) await keepRepositories(db, env.stanza, repositories.map(({ repo }) => repo))
  await recordTimelines(db, env.stanza, identity.systemId, [identity.live], now)
  const told = [...(facts?.timelines ?? []), identity.live].map(({ id }) => id)
  const untold = looks.flatMap(({ histories }) => histories).filter((id) => !told.includes(id))
  await recordHistories(context, identity, new Set(untold), now)
  // Every restore and every undo opened a timeline above all others: the shop of a lost host ran on the highest.
  const newest = await findNewestTimeline(db, env.stanza, identity.systemId)
  if (!known && newest && looks.every(({ failure }) => !failure)) await publishIdentity(db, env.stanza, identity.systemId, newest)
  return {
    archives: looks.flatMap(({ archives }) => archives),
    segments: looks.reduce((sum, { segments }) => sum + segments, 0),
    failures: looks.flatMap(({ repo, failure }) => (failure ? [{ repo, failure }] : [])),
  }
}

/** Of the shop as it was seen last */
function identityOf(facts: WalFacts | null): WalIdentity | null {
  const live = facts?.timelines.find(({ id }) => id === facts.live)
  return facts && live ? { systemId: facts.systemId, segmentSize: facts.segmentSize, live } : null
}

type RepositoryLook = { repo: number; archives: Archive[]; histories: number[]; segments: number; failure: JobFailure | null }

async function lookAtRepository(
  { db, env, engine }: WorkerContext, { repo, archives, failure }: RepositoryArchives, { systemId, segmentSize }: WalIdentity,
  now: Date,
): Promise<RepositoryLook> {
  const none = { repo, archives: [], histories: [], segments: 0 }
  if (failure) return { ...none, failure }
  const listing = openListing(segmentSize)
  try {
    await engine.listArchive(repo, '', listing.add)
  } catch (error) {
    if (error instanceof JobFailed) return { ...none, failure: error.failure }
    throw error
  }
  if (!listing.isArchive()) return { ...none, failure: { code: 'repository-missing', params: { path: `archive/${env.stanza}` } } }
  const ids = archives.filter((archive) => archive.systemId === systemId).map(({ archiveId }) => archiveId)
  const held = listing.held().filter(({ archiveId }) => ids.includes(archiveId))
  await replaceHeld(db, env.stanza, { repoKey: repo, segmentSize }, held, now)
  const spans = held.flatMap((each) => each.spans)
  return {
    repo, failure: null,
    archives: ids.map((archiveId) => ({ repoKey: repo, archiveId, segmentSize })),
    histories: listing.histories().filter(({ archiveId }) => ids.includes(archiveId)).map(({ timeline }) => timeline),
    segments: spans.reduce((sum, { first, last }) => sum + Number(last - first) + 1, 0),
  }
}

/** Of timelines that only the archive tells about */
async function recordHistories(
  { db, env, engine }: WorkerContext, { systemId }: WalIdentity, timelines: ReadonlySet<number>, now: Date,
): Promise<void> {
  if (timelines.size === 0) return
  const directory = await mkdtemp(path.join(tmpdir(), 'salespider-history-'))
  try {
    for (const id of timelines) {
      const file = path.join(directory, `${hex8(BigInt(id))}.history`)
      if (!(await engine.fetchWal(path.basename(file), file))) continue
      await recordTimelines(db, env.stanza, systemId, [{ id, parents: parseHistory(await readFile(file, 'utf8')) }], now)
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** Lists the one directory that a segment belongs in. False, and nothing changes, where the segment is not in it. */
export function lookAtDirectory(context: WorkerContext, archive: Archive, segment: Segment, now: Date): Promise<boolean> {
  return alone(() => listDirectory(context, archive, segment, now))
}

async function listDirectory(
  { db, env, engine }: WorkerContext, { repoKey, archiveId, segmentSize }: Archive, { timeline, number }: Segment, now: Date,
): Promise<boolean> {
  const perDirectory = segmentsPerDirectory(segmentSize)
  const directory = number / perDirectory
  const below = `${archiveId}/${hex8(BigInt(timeline))}${hex8(directory)}`
  const listing = openListing(segmentSize, below)
  await engine.listArchive(repoKey, below, listing.add)
  const spans = listing.held().find((held) => held.timeline === timeline)?.spans ?? []
  if (!spans.some(({ first, last }) => first <= number && number <= last)) return false
  const part = { first: directory * perDirectory, last: (directory + 1n) * perDirectory - 1n }
  await relookAt(db, env.stanza, { repoKey, segmentSize }, part, { archiveId, timeline, spans }, now)
  return true
}
