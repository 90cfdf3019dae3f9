import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { backupChoicesSchema } from '@/lib/policy/choices/schema'

/** What each backup would do; read when somebody looks at it, anew when that was ten seconds ago. */
export function useBackupChoices(enabled = true) {
  return useQuery({
    queryKey: ['backup-choices'],
    queryFn: ({ signal }) => fetchJson('/api/backup-choices', backupChoicesSchema, signal),
    staleTime: 10_000,
    enabled,
  })
}
