import { type BackupSetView, listBackupSets, listRepositories } from '@/lib/backups/data'
import { type Control, EXIT, type ExitCode, printJson } from './control'
import { enqueueAndFollow } from './follow'

/** The catalog: one line a set, oldest first. */
export async function info(control: Control, { refresh, json }: { refresh: boolean; json: boolean }): Promise<ExitCode> {
  if (refresh) {
    const outcome = await enqueueAndFollow(control, { request: { kind: 'sync-catalog' }, json: false })
    if (outcome !== EXIT.done) return outcome
  }
  const { db, stanza } = control
  const [repositories, sets] = [await listRepositories(db, stanza), await listBackupSets(db, stanza)]
  if (json) {
    printJson({ stanza, repositories, sets })
    return EXIT.done
  }
  for (const { key, type, location, statusMessage } of repositories) console.log(`repository ${key}: ${type} ${location} (${statusMessage})`)
  if (sets.length === 0) console.log('no backup sets')
  for (const set of sets) console.log(line(control, set))
  return EXIT.done
}

function line({ format }: Control, set: BackupSetView): string {
  const who = set.by ? `${set.by}${set.reason ? `: ${set.reason}` : ''}` : 'by hand with pgbackrest'
  const columns = [
    set.label.padEnd(33), set.type.padEnd(4), `repo ${set.repoKey}`, format.dateTime(set.stoppedAt),
    format.bytes(set.databaseSize).padStart(8), format.bytes(set.repositoryDelta).padStart(8), who,
  ]
  return `${columns.join('  ')}${set.error ? '  page checksum error' : ''}`
}
