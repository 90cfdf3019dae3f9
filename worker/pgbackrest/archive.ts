/** What `repo-ls` shows of an archive: segments become spans, however many there are. */
import { joined } from '@/lib/restore/clock/rules'
import type { Held } from '@/lib/restore/clock/mutations'
import { parseSegment } from '@/lib/restore/wal/rules'
import type { InfoStanza } from './info'

/** With its checksum and however it was compressed; neither a `.partial` nor a `.backup` file */
const SEGMENT = /^(?:(.+)\/)?([0-9A-F]{24})-[0-9a-f]{40}(?:\.[a-z0-9]+)?$/
const HISTORY = /^(.+)\/([0-9A-F]{8})\.history$/

/** pgBackRest names an archive after PostgreSQL's version and its own number for the cluster. */
export function archivesOf(repoKey: number, stanza: InfoStanza | undefined): { archiveId: string; systemId: string }[] {
  const databases = stanza?.databases.filter((database) => database.repoKey === repoKey) ?? []
  return databases.map(({ id, version, systemId }) => ({ archiveId: `${version}-${id}`, systemId }))
}

/** The segment that a file of the archive is; null for every other file. */
export function segmentOfFile(name: string): string | null {
  return SEGMENT.exec(name)?.[2] ?? null
}

export type Listing = {
  /** A file or directory, relative to what is listed */
  add(name: string): void
  /** What an archive always holds was there: else nothing was listed at all, and pgBackRest calls that a success */
  isArchive(): boolean
  /** Timelines that have a `.history` file */
  histories(): { archiveId: string; timeline: number }[]
  held(): Held[]
}

/** `below`: what is listed, relative to `archive/<stanza>`. */
export function openListing(segmentSize: number, below = ''): Listing {
  const numbers = new Map<string, number[]>()
  const histories: { archiveId: string; timeline: number }[] = []
  let isArchive = false

  return {
    add(name) {
      const [, directory = '', file = null] = SEGMENT.exec(name) ?? []
      const segment = parseSegment(file, segmentSize)
      if (segment) {
        const archiveId = (below || directory).split('/')[0] ?? ''
        const key = `${archiveId} ${segment.timeline}`
        const known = numbers.get(key)
        if (known) known.push(Number(segment.number))
        else numbers.set(key, [Number(segment.number)])
      }
      const [, archiveId, history] = HISTORY.exec(name) ?? []
      if (archiveId && history) histories.push({ archiveId, timeline: Number.parseInt(history, 16) })
      isArchive ||= name === 'archive.info'
    },
    isArchive: () => isArchive,
    histories: () => histories,
    held: () => [...numbers].map(([key, found]) => {
      const [archiveId = '', timeline] = key.split(' ')
      return { archiveId, timeline: Number(timeline), spans: spansOf(found) }
    }),
  }
}

/** pgBackRest reads no segment that is there twice, with different contents. */
function spansOf(numbers: number[]) {
  const sorted = numbers.toSorted((a, b) => a - b)
  const single = sorted.filter((number, n) => number !== sorted[n - 1] && number !== sorted[n + 1])
  return joined(single.map((number) => ({ first: BigInt(number), last: BigInt(number) })))
}
