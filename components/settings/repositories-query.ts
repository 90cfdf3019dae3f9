import { useLivePage } from '@/components/live-page'
import { type RepositoriesView, repositoriesViewSchema } from '@/lib/repositories/view/schema'

export const REPOSITORIES_KEY = ['repositories']

/** Anew every second while a test is under way. Begins with what the page was rendered with. */
export function useRepositories(rendered: RepositoriesView, now: Date): { view: RepositoriesView; stale: Date | null } {
  const { data, stale } = useLivePage({
    queryKey: REPOSITORIES_KEY, path: '/api/repositories', schema: repositoriesViewSchema, rendered, now,
    isActive: ({ repositories }) => repositories.some(({ runningTest }) => runningTest !== null),
  })
  return { view: data, stale }
}
