/** What an object store keeps, and what it was told to refuse: the same whatever protocol it speaks. */
import { createHash, createHmac } from 'node:crypto'

export type Operation = 'list' | 'write' | 'read' | 'delete'
export type StoredObject = { body: Buffer; at: Date; md5: Buffer }

export type Bucket = ReturnType<typeof openBucket>

type Listing = { objects: [name: string, object: StoredObject][]; prefixes: string[]; next: string | null }

/** Few a page, so that more than one is needed. */
const PAGE = 100

export function openBucket() {
  const objects = new Map<string, StoredObject>()
  const unfinished = new Map<string, Buffer[]>()
  const bucket = {
    exists: true,
    /** Operations the key has no permission for */
    refused: new Set<Operation>(),
    /** Deletes are answered as done, and are not */
    keepsAll: false,
    /** Deletes are refused as an immutability policy does */
    isImmutable: false,
    /** Milliseconds the store's clock is ahead of ours */
    clockAhead: 0,
    objects, unfinished,
    put(name: string, body: Buffer): StoredObject {
      const object = { body, at: new Date(), md5: createHash('md5').update(body).digest() }
      objects.set(name, object)
      return object
    },
    delete: (name: string): boolean => (bucket.keepsAll ? objects.has(name) : objects.delete(name)),
    /** Names after `after`; what has the delimiter behind the prefix shows as a prefix of its own. */
    list(prefix: string, delimiter: string, after: string): Listing {
      const seen = new Map<string, StoredObject | null>()
      for (const name of [...objects.keys()].toSorted()) {
        if (!name.startsWith(prefix)) continue
        const cut = delimiter ? name.indexOf(delimiter, prefix.length) : -1
        const shown = cut === -1 ? name : name.slice(0, cut + 1)
        if (!after || shown > after) seen.set(shown, cut === -1 ? (objects.get(name) ?? null) : null)
      }
      const page = [...seen].slice(0, PAGE)
      return {
        objects: page.flatMap(([name, object]) => (object ? [[name, object] as [string, StoredObject]] : [])),
        prefixes: page.flatMap(([name, object]) => (object ? [] : [name])),
        next: seen.size > PAGE ? (page.at(-1)?.[0] ?? null) : null,
      }
    },
  }
  return bucket
}

export type Asked = {
  method: string
  url: URL
  headers: Record<string, string>
  body: Buffer
}
export type Answer = { status: number; headers?: Record<string, string | number>; body?: string | Buffer }

export const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
export const isSkewed = (stated: Date, bucket: Bucket) => Math.abs(stated.getTime() - Date.now() - bucket.clockAhead) > 15 * 60_000
export const xmlText = (text: string) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)

/** The part of an object that was asked for. */
export function partOf({ body }: StoredObject, range: string | undefined): { status: number; body: Buffer } {
  const [, first, last] = /bytes=(\d+)-(\d*)/.exec(range ?? '') ?? []
  if (first === undefined) return { status: 200, body }
  return { status: 206, body: body.subarray(Number(first), last ? Number(last) + 1 : undefined) }
}
