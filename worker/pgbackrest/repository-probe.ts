/**
 * A file of our own in a repository, to try what backups need there: pgBackRest's commands, as data. It lies beside `archive` and
 * `backup` and never below them. `repo-put` and `repo-rm` are pgBackRest's own for testing, left out of its help; they use the
 * repository as its backups do, over the same connection and with the same keys. The file is never encrypted: a repository that is
 * has no passphrase for what lies outside of those two.
 */
import { z } from 'zod'
import { repoKeySchema, stanzaNameSchema } from '@/lib/jobs/schema'
import type { Command } from '../process'
import { configOption } from './config'

const targetSchema = z.object({
  config: z.string().startsWith('/'),
  stanza: stanzaNameSchema,
  repo: repoKeySchema,
  /** The file's name: a test's own, so that two never meet */
  name: z.string().regex(/^\w+$/),
})

const QUIET = ['--log-level-console=off', '--log-level-stderr=warn', '--io-timeout=5']
/** repo-get's exit code for what is not there */
export const NOT_THERE = 1

export type ProbeCommands = ReturnType<typeof probeCommands>

export function probeCommands(target: z.input<typeof targetSchema>) {
  const { config, stanza, repo, name } = targetSchema.parse(target)
  const directory = `salespider-probe-${stanza}`
  const file = `${directory}/${name}`
  const text = (...args: string[]): Command<string> => ({
    args: [...configOption(config), `--stanza=${stanza}`, `--repo=${repo}`, ...QUIET, ...args], parse: (stdout) => stdout,
  })
  return {
    write: text('--raw', 'repo-put', file),
    /** The names at the repository's root, one a line */
    list: text('--sort=none', '--output=text', 'repo-ls'),
    read: text('--raw', '--ignore-missing', 'repo-get', file),
    remove: text('repo-rm', file),
    /** The directory, and what tests that were killed have left in it */
    removeAll: text('--recurse', 'repo-rm', directory),
    /** Something that is encrypted where the repository is: it exists as soon as the stanza does */
    decrypt: text('--ignore-missing', 'repo-get', `archive/${stanza}/archive.info`),
  }
}
