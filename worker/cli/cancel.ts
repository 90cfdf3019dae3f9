import { requestCancel } from '@/lib/jobs/mutations'
import { commandLineUser } from '../env'
import { type Control, EXIT, type ExitCode, printJson } from './control'

const words = {
  cancelled: 'was waiting, and is withdrawn',
  requested: 'is being stopped; what a backup copied is kept, and the next one of its type goes on from there',
  'already-requested': 'is being stopped already',
  'already-ended': 'has ended already',
  unknown: 'is not in the log',
} as const

export async function cancel({ db }: Control, id: bigint, { json }: { json: boolean }): Promise<ExitCode> {
  const outcome = await db.$transaction((tx) => requestCancel(tx, id, { kind: 'cli', name: commandLineUser() }))
  if (json) printJson({ id, outcome })
  else console.log(`job ${id} ${words[outcome]}`)
  return outcome === 'unknown' || outcome === 'already-ended' ? EXIT.failed : EXIT.done
}
