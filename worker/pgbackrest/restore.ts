/** `pgbackrest restore` into a directory, and how WAL is fetched for it: both as data. */
import { z } from 'zod'
import { repoKeySchema, stanzaNameSchema } from '@/lib/jobs/schema'
import { type RestorePlan, labelSchema } from '@/lib/restore/schema'
import { toPostgresTime } from '../postgres/recovery-settings'
import type { Command } from '../process'
import { LOGGED } from './commands'
import { configOption } from './config'

const pathSchema = z.string().regex(/^\/[^\u0000-\u001f\u007f'"]*$/)
const optionsSchema = z.object({
  config: pathSchema,
  stanza: stanzaNameSchema,
  directory: pathSchema,
  /** Its own: 2.60 locks by stanza, and a restore must not wait for a backup */
  lockPath: pathSchema,
  repo: repoKeySchema,
  label: labelSchema,
  /** Reuses what is there and has not changed */
  delta: z.boolean(),
})
export type RestoreOptions = z.input<typeof optionsSchema> & Pick<RestorePlan, 'target' | 'time' | 'timeline'>

/** Set and timeline are always given: left alone, pgBackRest picks them blind to lineage. */
export function restore({ target, time, timeline, ...options }: RestoreOptions): Command<void> {
  const { config, stanza, directory, lockPath, repo, label, delta } = optionsSchema.parse(options)
  const args = [
    ...configOption(config), `--stanza=${stanza}`, `--pg1-path=${directory}`, `--lock-path=${lockPath}`, `--repo=${repo}`, `--set=${label}`,
    ...targetOptions({ target, time, timeline }), '--target-action=pause',
    // A copy that somebody starts by hand must not write into the shop's archive.
    '--archive-mode=off',
    ...(delta ? ['--delta'] : []),
    ...LOGGED, 'restore',
  ]
  return { args, parse: () => undefined }
}

function targetOptions({ target, time, timeline }: Pick<RestorePlan, 'target' | 'time' | 'timeline'>): string[] {
  const onTimeline = `--target-timeline=${timeline}`
  switch (target.type) {
    case 'set':
      return ['--type=immediate']
    case 'name':
      return ['--type=name', `--target=${target.name}`, onTimeline]
    case 'xid':
      return ['--type=xid', `--target=${target.xid}`, onTimeline]
    case 'lsn':
      return ['--type=lsn', `--target=${target.lsn}`, onTimeline]
    case 'time':
    case 'latest':
      return ['--type=time', `--target=${toPostgresTime(time ?? '')}`, onTimeline]
  }
}

const word = (value: string) => `'${value.replaceAll("'", `'\\''`).replaceAll('%', '%%')}'`

/** A restore_command that tells on its output which segments it found. */
export function restoreCommand({ program, config, stanza, directory }: Record<'program' | 'config' | 'stanza' | 'directory', string>): string {
  const options = [...configOption(config, word), `--stanza=${word(stanza)}`, `--pg1-path=${word(directory)}`]
  return `${program} ${options.join(' ')} --no-archive-async --log-level-console=info --log-level-stderr=off archive-get %f "%p"`
}

/** `restore file /…/base/5/1249 (440KB, 12.34%) checksum …`, also `(bundle 1/0, 8KB, 0.1%)`, zeroed ones, and those that delta keeps. */
const FILE = /^restore (?:zeroed )?file .+? \((?:[^()]*, )?(?<size>[\d.]+)(?<unit>B|KB|MB|GB|TB), (?<percent>[\d.]+)%\)/
const UNITS: Record<string, number> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 }

/** How far the copy is, from a line of its log: bytes of the file, percent of the whole. */
export function readRestoreLine(message: string): { bytes: number; percent: number } | null {
  const found = FILE.exec(message)?.groups
  if (!found) return null
  return { bytes: Number(found.size) * (UNITS[found.unit ?? ''] ?? 0), percent: Number(found.percent) }
}
