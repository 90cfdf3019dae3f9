import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type LogLine, parseLog } from '@/worker/pgbackrest/log'

const FIXTURES = path.resolve(import.meta.dirname, '../../../fixtures/pgbackrest')

export const bothEnds = ['2.45', '2.60'] as const
export type RecordedVersion = (typeof bothEnds)[number]

/** What one real run of that version wrote; empty where it wrote nothing. Decoded as the runner decodes. */
export function recording(version: RecordedVersion, name: string, stream: 'out' | 'err' = 'out'): string {
  const file = path.join(FIXTURES, version, `${name}.${stream}`)
  if (stream === 'out' && !existsSync(file) && !existsSync(file.replace(/out$/, 'err'))) throw new Error(`No recording ${file}`)
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** Both streams as the runner sees them. */
export function recordedLines(version: RecordedVersion, name: string): LogLine[] {
  return parseLog(`${recording(version, name, 'err')}\n${recording(version, name)}`)
}
