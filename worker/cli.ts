#!/usr/bin/env node
/** `salespider-backup`: the same jobs as the dashboard, from a terminal or a script. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import packageJson from '@/package.json'
import { backupTypes, jobKinds, jobStatuses, reasonSchema, repoKeySchema } from '@/lib/jobs/schema'
import { cancel } from './cli/cancel'
import { EXIT, withControl } from './cli/control'
import { enqueueAndFollow } from './cli/follow'
import { info } from './cli/info'
import { jobs } from './cli/jobs'
import { rescue, undoRescue } from './cli/rescue'
import { discard, listKept, rehearse, restore, switchOver, undo } from './cli/restore'
import { status } from './cli/status'

const EXIT_CODES = `
Exit codes: 0 done, 1 the job failed, 2 usage, 3 control database unreachable, 4 no worker took it`

function repoKey(value: string): number {
  const parsed = repoKeySchema.safeParse(Number(value))
  if (!parsed.success) throw new InvalidArgumentError('a repository is a number from 1 to 256')
  return parsed.data
}

function reason(value: string): string {
  const parsed = reasonSchema.safeParse(value)
  if (!parsed.success) throw new InvalidArgumentError('a reason is one line of at most 200 characters')
  return parsed.data
}

function jobId(value: string): bigint {
  if (!/^\d{1,18}$/.test(value)) throw new InvalidArgumentError('a job is a number')
  return BigInt(value)
}

function count(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError('a count from 1 to 9999')
  return Number(value)
}

const json = () => new Option('--json', 'print JSON, nothing else').default(false)

const program = new Command('salespider-backup')
  .description("Back up the shop, and see what backups there are. Works through the dashboard's job log.")
  .version(packageJson.version)
  .addHelpText('after', EXIT_CODES)
  .exitOverride()

program.command('status').description('is the shop protected, what runs, when is the next backup').addOption(json())
  .action((options) => withControl((control) => status(control, options)))

program.command('backup').description('take a backup now and follow it')
  .addOption(new Option('--type <type>', 'what to copy').choices([...backupTypes]).default('incr'))
  .addOption(new Option('--repo <key>', 'repository').argParser(repoKey).default(1))
  .addOption(new Option('--reason <text>', 'kept with the backup set').argParser(reason))
  .addOption(json())
  .action(({ type, repo, reason, json }) =>
    withControl((control) => enqueueAndFollow(control, { request: { kind: 'backup', type, repo }, reason, json })))

program.command('info').description('the backup sets that stand in the repositories')
  .option('--refresh', 'read the repositories first', false).addOption(json())
  .action((options) => withControl((control) => info(control, options)))

program.command('check').description('archive one WAL segment to every repository, and see that it arrives').addOption(json())
  .action(({ json }) => withControl((control) => enqueueAndFollow(control, { request: { kind: 'check' }, json })))

const targeted = (command: Command) => command
  .option('--latest', 'the newest point that is archived').option('--set <label>', 'this backup exactly')
  .option('--time <time>', "a moment; without an offset on the clock of the shop's zone").option('--name <name>', 'a restore point')
  .option('--xid <xid>', 'a transaction').option('--lsn <lsn>', 'a position in the WAL')
  .addOption(new Option('--timeline <id>', 'a branch that a restore left').argParser(count))
  .addOption(new Option('--repo <key>', 'repository').argParser(repoKey)).addOption(json())
const confirmed = (command: Command) => command
  .option('--confirm <stanza>', 'the name of the stanza: this exchanges the running shop', '')

targeted(program.command('rehearse').description('restore a copy beside the running shop, to look at'))
  .option('--move', 'move the rehearsal that is there', false)
  .action((options) => withControl((control) => rehearse(control, options)))

confirmed(program.command('switch').description('put the rehearsal in the place of the running shop')).addOption(json())
  .option('--no-keep-configuration', 'with the configuration of that time').option('--no-keep-passwords', 'with the passwords of that time')
  .action((options) => withControl((control) => switchOver(control, options)))

program.command('rescue').description('put rows of the rehearsal back into the running shop')
  .requiredOption('--rows <row...>', 'a row as Table:column=value, such as Product:id=abc; once for each')
  .option('--dry-run', 'only say what would come back, and what is in the way', false).addOption(json())
  .action((options) => withControl((control) => rescue(control, options)))

program.command('undo-rescue').description('take back what a rescue put into the shop').addArgument(program.createArgument('<job>', "the rescue's number").argParser(jobId))
  .addOption(json())
  .action((id: bigint, options) => withControl((control) => undoRescue(control, id, options)))

program.command('discard').description('remove the rehearsal').addOption(json())
  .action((options) => withControl((control) => discard(control, options)))

confirmed(program.command('undo').description('go back to the cluster that a switch left')).addOption(json())
  .option('--cluster <id>', 'another one than the last').action((options) => withControl((control) => undo(control, options)))

confirmed(targeted(program.command('restore').description('rehearse and switch in one go')))
  .option('--in-place', 'over the shop itself, for a disk without room for a copy: no undo', false)
  .action((options) => withControl((control) => restore(control, options)))

program.command('kept').description('the clusters that can be gone back to').addOption(json())
  .action((options) => withControl((control) => listKept(control, options)))

program.command('restore-point').description('name this moment, to restore to it later').argument('<name>').addOption(json())
  .action((name: string, { json }) => withControl((control) => enqueueAndFollow(control, { request: { kind: 'restore-point', name }, json })))

program.command('check-archive').description('list every WAL segment the repositories hold, and find the gaps').addOption(json())
  .action(({ json }) => withControl((control) => enqueueAndFollow(control, { request: { kind: 'check-archive' }, json })))

program.command('test-repository').description('write, list, read back and delete a file in a repository, and say what it refuses')
  .addOption(new Option('--repo <key>', 'repository').argParser(repoKey).default(1)).addOption(json())
  .action(({ repo, json }) => withControl((control) => enqueueAndFollow(control, { request: { kind: 'test-repository', repo }, json })))

program.command('jobs').description('what was done, newest first')
  .addOption(new Option('--kind <kind>', 'only these').choices([...jobKinds]))
  .addOption(new Option('--status <status>', 'only these').choices(jobStatuses.map((name) => name.toLowerCase())))
  .addOption(new Option('--limit <count>', 'how many').argParser(count).default(20)).addOption(json())
  .action((options) => withControl((control) => jobs(control, options)))

program.command('cancel').description('withdraw a waiting job, or stop a running one').addArgument(program.createArgument('<id>', "the job's number").argParser(jobId))
  .addOption(json())
  .action((id: bigint, options) => withControl((control) => cancel(control, id, options)))

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
})
