/** What a cluster's control file says, read by PostgreSQL's own program. */
import path from 'node:path'
import type { WorkerEnv } from '../env'
import { programsFor } from '../postgres/programs'
import { type Command, run } from '../process'

export type ControlData = {
  /** `shut down`, `in production`, `shut down in recovery` … */
  state: string
  systemId: string
  /** Position of the latest checkpoint */
  checkpoint: string
  timeline: number
  segmentSize: number
  /** What a hot standby needs at least, by the setting's name */
  settings: Record<string, number>
}

/** pg_controldata's names where they are not the settings' own */
const SETTINGS: Record<string, string> = {
  'max_connections setting': 'max_connections',
  'max_worker_processes setting': 'max_worker_processes',
  'max_wal_senders setting': 'max_wal_senders',
  'max_prepared_xacts setting': 'max_prepared_transactions',
  'max_locks_per_xact setting': 'max_locks_per_transaction',
}

/** Throws when the output is not pg_controldata's. */
export function parseControlData(output: string): ControlData {
  const lines = new Map([...output.matchAll(/^([^:\n]+):\s+(.+?)\s*$/gm)].map(([, name = '', value = '']) => [name, value]))
  const need = (name: string) => {
    const value = lines.get(name)
    if (value === undefined) throw new Error(`pg_controldata told no "${name}": ${output.slice(0, 200)}`)
    return value
  }
  return {
    state: need('Database cluster state'),
    systemId: need('Database system identifier'),
    checkpoint: need('Latest checkpoint location'),
    timeline: Number(need("Latest checkpoint's TimeLineID")),
    segmentSize: Number(need('Bytes per WAL segment')),
    settings: Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [setting, Number(need(name))])),
  }
}

function controlData(directory: string): Command<ControlData> {
  return { args: [directory], parse: parseControlData }
}

/** Throws when the control file is not there or damaged. */
export async function controlDataOf({ pgBin }: Pick<WorkerEnv, 'pgBin'>, directory: string): Promise<ControlData> {
  const command = controlData(directory)
  const exit = await run(path.join(await programsFor(directory, pgBin), 'pg_controldata'), command.args)
  if (exit.exitCode !== 0) throw new Error(`pg_controldata ${directory}: ${exit.stderr || exit.stdout}`)
  return command.parse(exit.stdout, exit.stderr)
}
