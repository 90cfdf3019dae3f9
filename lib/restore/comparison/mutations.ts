import type { Db, Tx } from '@/lib/db'
import type { Comparison } from './schema'

/** Rows of one statement: a few hundred kilobytes */
const CHUNK = 500
const TRANSACTION_MS = 60_000

type Compared = { comparison: Comparison; /** difference_row as JSON texts, without the rehearsal */ samples: string[] }

/** What differs, with samples of it, in the place of what was compared before. */
export async function saveComparison(db: Db, rehearsal: string, { comparison, samples }: Compared, now: Date): Promise<void> {
  await db.$transaction(
    async (tx) => {
      await tx.differenceRow.deleteMany({ where: { rehearsalId: rehearsal } })
      for (let first = 0; first < samples.length; first += CHUNK) await addRows(tx, rehearsal, samples.slice(first, first + CHUNK))
      await tx.rehearsal.update({ where: { id: rehearsal }, data: { comparison, comparedAt: now } })
    },
    { timeout: TRANSACTION_MS },
  )
}

async function addRows(tx: Tx, rehearsal: string, samples: string[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "difference_row" ("rehearsalId", "schema", "table", "ordinal", "sort", "then", "now", "names", "text")
    SELECT ${rehearsal}, r."schema", r."table", r."ordinal", r."sort", r."then", r."now", r."names", r."text"
    FROM jsonb_to_recordset(${`[${samples.join(',')}]`}::jsonb) AS r(
      "schema" text, "table" text, "ordinal" int, "sort" "DifferenceSort", "then" jsonb, "now" jsonb, "names" jsonb, "text" text)`
}

/** As it is once the copy was checked as well; the samples stay. */
export async function saveFindings(db: Db, rehearsal: string, comparison: Comparison, now: Date): Promise<void> {
  await db.rehearsal.update({ where: { id: rehearsal }, data: { comparison, comparedAt: now } })
}
