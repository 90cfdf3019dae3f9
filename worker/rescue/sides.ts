/** Both databases, asked in PostgreSQL's own text: what one prints the other reads, and no value becomes one of JavaScript's. */
import type { Client } from 'pg'
import type { FailureCode } from '@/lib/jobs/schema'
import { JobFailed } from '../context'
import type { Table } from './catalog'
import { isAnswer } from './failure'

export type Text = string | null
/** Columns by position. */
export type Ask = (text: string, values?: readonly Text[]) => Promise<Text[][]>

/** *Then* is the rehearsal, *now* the running shop. Tables by their quoted names. */
export type Side = { ask: Ask; tables: ReadonlyMap<string, Table> }
export type Sides = { then: Side; now: Side }

/** The same text for the same value, wherever it is printed and read. */
export const TEXT_SETTINGS = {
  TimeZone: 'UTC', DateStyle: 'ISO, YMD', IntervalStyle: 'postgres', extra_float_digits: '1', bytea_output: 'hex',
  xmlbinary: 'base64', xmloption: 'content', lc_monetary: 'C', standard_conforming_strings: 'on', quote_all_identifiers: 'off',
}

const AS_PRINTED = { getTypeParser: () => (text: string) => text }

/** Throws DatabaseError for what the server refuses, and JobFailed with `lost` when there is no server any more. */
export function askWith(client: Client, lost: FailureCode): Ask {
  return async (text, values = []) => {
    try {
      return (await client.query<Text[]>({ text, values: [...values], rowMode: 'array', types: AS_PRINTED })).rows
    } catch (error) {
      if (isAnswer(error)) throw error
      throw new JobFailed({ code: lost, detail: error instanceof Error ? error.message : String(error) })
    }
  }
}

/** Not every version has all settings. */
const CONFIGURE = `
  SELECT set_config(p.name, s.value, false) FROM jsonb_each_text($1::jsonb) s JOIN pg_settings p ON p.name = s.key`

export async function configure(ask: Ask, settings: Record<string, string>): Promise<void> {
  await ask(CONFIGURE, [JSON.stringify(settings)])
}
