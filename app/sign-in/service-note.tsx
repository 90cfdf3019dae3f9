import { Check, CircleDashed, TriangleAlert } from 'lucide-react'
import { isWorkerAlive } from '@/lib/cluster/data'
import { db, stanzaName } from '@/lib/dashboard-db'
import { isDatabaseAway } from '@/lib/database-error'
import { translator } from '@/lib/i18n'

const icons = {
  runs: <Check aria-hidden className="size-3.5 text-ok" />,
  silent: <TriangleAlert aria-hidden className="size-3.5 text-warn" />,
  unknown: <CircleDashed aria-hidden className="size-3.5 text-warn" />,
}

/** Whether backups are carried out at all, and only that. */
export async function ServiceNote() {
  const state = await readState()
  return (
    <footer className="flex items-center gap-1.5 self-start px-0.5 py-4 text-compact text-muted">
      {icons[state]}
      {translator('auth')(`service.${state}`)}
    </footer>
  )
}

async function readState(): Promise<keyof typeof icons> {
  try {
    return (await isWorkerAlive(db(), stanzaName(), new Date())) ? 'runs' : 'silent'
  } catch (error) {
    if (isDatabaseAway(error)) return 'unknown'
    throw error
  }
}
