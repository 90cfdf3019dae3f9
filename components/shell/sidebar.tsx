import { translator } from '@/lib/i18n'
import type { Looks } from '@/lib/salespider/settings/schema'
import { Brand } from './brand'
import { ClusterBlock, ClusterPopover, type ClusterState } from './cluster-block'
import { Navigation } from './navigation'

/** From md on: icons only up to xl, then with their words. */
export function Sidebar({ cluster, brand }: { cluster: ClusterState; brand: Pick<Looks, 'name' | 'logo'> }) {
  const t = translator('shell')
  return (
    <aside className="sticky top-0 hidden h-dvh w-16 shrink-0 flex-col overflow-y-auto border-r px-3 pb-3 md:flex xl:w-70">
      <Brand {...brand} compact="md:max-xl:sr-only" className="h-16 shrink-0 px-2 md:max-xl:px-1.5" />
      <p className="px-2.5 pt-4 pb-1.5 text-meta font-medium text-faint md:max-xl:sr-only">{t('section')}</p>
      <Navigation compact />
      <div className="mt-auto border-t pt-3">
        <ClusterBlock {...cluster} className="px-2.5 pb-1 max-xl:hidden" />
        <ClusterPopover {...cluster} className="mx-auto flex xl:hidden" />
      </div>
    </aside>
  )
}
