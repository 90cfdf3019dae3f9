import { findCurrentRehearsal } from '@/lib/restore/rehearsal/data'
import { STALE_SECONDS } from '@/lib/restore/request/rules'
import { MOST_ROWS, type RowChoice } from '@/lib/restore/rescue/schema'
import { type Control, EXIT, type ExitCode } from './control'
import { enqueueAndFollow } from './follow'

const NAME = /"(?:[^"]|"")+"|[^".:=,\s]+/y

/** `[schema.]table:column=value[,column=value]`, names as in SQL: quoted where they would not be plain otherwise. Null when it is none. */
export function parseRow(text: string): RowChoice | null {
  const scan = openScan(text)
  const first = scan.name()
  const second = scan.take('.') ? scan.name() : null
  const key: Record<string, string> = {}
  if (!first || !scan.take(':')) return null
  do {
    const column = scan.name()
    if (!column || !scan.take('=')) return null
    key[column] = scan.value()
  } while (scan.take(','))
  return { schema: second ? first : 'public', table: second ?? first, key }
}

function openScan(text: string) {
  let at = 0
  function match(pattern: RegExp): string | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    at += found?.length ?? 0
    return found
  }
  return {
    name(): string | null {
      const found = match(NAME)
      return found?.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found
    },
    take: (sign: string) => text.startsWith(sign, at) && (at += sign.length) > 0,
    /** To the end, or to what begins the next column. */
    value: () => match(/.*?(?=,(?:"(?:[^"]|"")+"|[^".:=,\s]+)=|$)/sy) ?? '',
  }
}

type Options = { rows: string[]; dryRun: boolean; json: boolean }

/** Puts rows of the rehearsal back into the shop, or says what that would do. */
export async function rescue(control: Control, { rows, dryRun, json }: Options): Promise<ExitCode> {
  const choice = rows.map(parseRow)
  const wrong = choice.findIndex((row) => row === null)
  if (wrong >= 0) return complain(`not a row: ${rows[wrong]}. A row is written Table:column=value, such as Product:id=abc`, EXIT.usage)
  if (choice.length > MOST_ROWS) return complain(`more than ${MOST_ROWS} rows: switch to the rehearsal instead`, EXIT.usage)
  const current = await findCurrentRehearsal(control.db, control.stanza)
  if (current?.status !== 'ready') return complain('there is no rehearsal that is ready: make one with "rehearse" first')
  const request = { kind: dryRun ? 'plan-rescue' as const : 'rescue' as const, rehearsal: current.id, rows: choice as RowChoice[] }
  return enqueueAndFollow(control, { request, json, expiresInSeconds: STALE_SECONDS })
}

export function undoRescue(control: Control, id: bigint, { json }: { json: boolean }): Promise<ExitCode> {
  return enqueueAndFollow(control, { request: { kind: 'undo-rescue', rescue: id.toString() }, json, expiresInSeconds: STALE_SECONDS })
}

function complain(words: string, exit: ExitCode = EXIT.failed): ExitCode {
  console.error(words)
  return exit
}
