import { afterAll, beforeAll, expect, it } from 'vitest'
import { readTogether } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { type TestControl, startControl } from '../support/control'

let control: TestControl
beforeAll(async () => (control = await startControl()))
afterAll(() => control.stop())

type Numbered = { n: number }

it('reads each list under its name, in its order', async () => {
  const { up, down, none } = await readTogether<{ up: Numbered; down: Numbered; none: Numbered }>(control.db, {
    up: Prisma.sql`SELECT n FROM generate_series(1, ${3}::int) AS n`,
    down: Prisma.sql`SELECT n FROM generate_series(1, ${2}::int) AS n ORDER BY n DESC`,
    none: Prisma.sql`SELECT 1 AS n WHERE ${false}`,
  })
  expect({ up, down, none }).toEqual({ up: [{ n: 1 }, { n: 2 }, { n: 3 }], down: [{ n: 2 }, { n: 1 }], none: [] })
})

it('makes Dates of columns named so, whatever the zone of the connection, and of nothing inside of JSON', async () => {
  const at = new Date('2026-03-29T00:59:59.123Z')
  const { rows } = await readTogether<{ rows: Record<string, unknown> }>(control.db, {
    rows: Prisma.sql`
      SELECT ${at}::timestamptz AS "startedAt", NULL::timestamptz AS "endedAt", 9007199254740000::bigint AS "size", 1.5::float8 AS "rate",
        ARRAY['a', 'b'] AS "reference", '{"startedAt": "2026-11-24T01:00:00.000Z"}'::jsonb AS "progress"`,
  })
  expect(rows).toEqual([{
    startedAt: at, endedAt: null, size: 9_007_199_254_740_000, rate: 1.5, reference: ['a', 'b'],
    progress: { startedAt: '2026-11-24T01:00:00.000Z' },
  }])
})
