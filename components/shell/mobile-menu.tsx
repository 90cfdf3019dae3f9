'use client'

import { Menu, X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogOverlay } from '@/components/ui/dialog'
import { cn } from '@/lib/cn'
import type { Looks } from '@/lib/salespider/settings/schema'
import { Brand } from './brand'
import { ClusterBlock, type ClusterState } from './cluster-block'
import { Navigation } from './navigation'

/** The sidebar as a drawer, below md. */
export function MobileMenu({ cluster, brand }: { cluster: ClusterState; brand: Pick<Looks, 'name' | 'logo'> }) {
  const t = useTranslations('shell')
  const [open, setOpen] = useState(false)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <Button variant="quiet" size="icon" aria-label={t('menu')} className="-ml-2 md:hidden">
          <Menu aria-hidden />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <DialogOverlay />
        <Dialog.Content
          aria-describedby={undefined}
          className={cn(
            'fixed inset-y-0 left-0 z-50 flex w-70 max-w-[85vw] flex-col bg-background px-3 pb-4 shadow-pop',
            'focus:outline-none md:hidden',
          )}
        >
          <div className="flex h-14 items-center justify-between pl-2">
            <Brand {...brand} className="min-w-0" />
            <Dialog.Close asChild>
              <Button variant="quiet" size="icon" aria-label={t('close')}>
                <X aria-hidden />
              </Button>
            </Dialog.Close>
          </div>
          <Dialog.Title className="px-2.5 pt-3 pb-1.5 text-meta font-medium text-faint">{t('section')}</Dialog.Title>
          <Navigation onNavigate={() => setOpen(false)} />
          <ClusterBlock {...cluster} className="mt-auto border-t px-2.5 pt-3" />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
