import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { backupChoicesSchema } from '@/lib/policy/choices/schema'

/** What each backup would do, read anew when it is older than ten seconds and looked at. */
export function useBackupChoices() {
  return useQuery({
    queryKey: ['backup-choices'],
    queryFn: ({ signal }) => fetchJson('/api/backup-choices', backupChoicesSchema, signal),
    staleTime: 10_000,
  })
}
