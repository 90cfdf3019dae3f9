import type { Db } from '@/lib/db'
import type { Catalog, CatalogSet } from './schema'

export type SyncOutcome = { sets: number; appeared: string[]; expired: string[] }

/**
 * Makes the catalog say what the repositories hold. New sets appear, also those made by hand; sets that are gone keep
 * their row with the time they were missed. A repository that could not be read proves nothing: its sets stay as they are.
 */
export async function syncCatalog(db: Db, stanza: string, { repositories, sets }: Catalog, now: Date): Promise<SyncOutcome> {
  const readable = repositories.filter(({ statusCode }) => statusCode === 0 || statusCode === 2).map(({ key }) => key)
  return db.$transaction(async (tx) => {
    for (const repository of repositories) {
      const data = { ...repository, checkedAt: now }
      await tx.repository.upsert({
        where: { stanzaName_key: { stanzaName: stanza, key: repository.key } },
        create: { ...data, stanzaName: stanza },
        update: data,
      })
    }
    await tx.repository.deleteMany({ where: { stanzaName: stanza, key: { notIn: repositories.map(({ key }) => key) } } })
    const known = await tx.backupSet.findMany({
      where: { stanzaName: stanza },
      select: { repoKey: true, label: true, expiredAt: true, annotation: true, error: true },
    })
    const knownBy = new Map(known.map((row) => [keyOf(row), row]))
    const present = new Set(sets.map(keyOf))
    const fresh = sets.filter((set) => !knownBy.has(keyOf(set)))
    await tx.backupSet.createMany({ data: fresh.map((set) => toRow(stanza, set)), skipDuplicates: true })
    for (const set of sets) {
      const row = knownBy.get(keyOf(set))
      if (row && (row.expiredAt || row.error !== set.error || !isSameAnnotation(row.annotation, set.annotation))) {
        await tx.backupSet.update({ where: { stanzaName_repoKey_label: idOf(stanza, set) }, data: { ...toRow(stanza, set), expiredAt: null } })
      }
    }
    const gone = known.filter((row) => !row.expiredAt && readable.includes(row.repoKey) && !present.has(keyOf(row)))
    for (const row of gone) {
      await tx.backupSet.update({ where: { stanzaName_repoKey_label: idOf(stanza, row) }, data: { expiredAt: now } })
    }
    await tx.stanza.update({ where: { name: stanza }, data: { catalogAt: now } })
    return { sets: sets.length, appeared: fresh.map(({ label }) => label), expired: gone.map(({ label }) => label) }
  })
}

type Key = { repoKey: number; label: string }

function keyOf({ repoKey, label }: Key): string {
  return `${repoKey}/${label}`
}

function idOf(stanzaName: string, { repoKey, label }: Key) {
  return { stanzaName, repoKey, label }
}

function isSameAnnotation(a: unknown, b: Record<string, string>): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).toSorted(([x], [y]) => x.localeCompare(y)))
  return typeof a === 'object' && a !== null && sorted(a) === sorted(b)
}

function toRow(stanzaName: string, set: CatalogSet) {
  const job = set.annotation.job
  return { ...set, stanzaName, jobId: job && /^\d{1,18}$/.test(job) ? BigInt(job) : null }
}
