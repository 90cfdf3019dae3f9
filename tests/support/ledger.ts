/** Sales that go on all the while, and what became of each. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { connect } from './template'

export type Ledger = ReturnType<typeof keepLedger>

/** Sales that go on all the while: who acknowledged which number. A number whose answer was lost is not used again. */
export function keepLedger(sockets: string) {
  const acknowledged: { n: number; by: string }[] = []
  let isClosed = false
  const selling = (async () => {
    let client: Client | null = null
    for (let n = 1; !isClosed; n += 1) {
      try {
        client ??= await connect(sockets)
        const { rows } = await client.query(`INSERT INTO ledger VALUES ($1) RETURNING current_setting('cluster_name') AS by`, [n])
        acknowledged.push({ n, by: rows[0].by })
        await sleep(10)
      } catch {
        await client?.end().catch(() => undefined)
        client = null
        await sleep(10)
      }
    }
    await client?.end()
  })()
  return {
    acknowledged,
    by: (id: string) => acknowledged.filter(({ by }) => by === id).map(({ n }) => n),
    close: () => ((isClosed = true), selling),
  }
}

export const readLedger = async (client: Client): Promise<number[]> =>
  (await client.query<{ n: number }>('SELECT n FROM ledger ORDER BY n')).rows.map(({ n }) => n)
