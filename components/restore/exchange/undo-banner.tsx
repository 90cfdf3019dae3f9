'use client'

import { ArrowLeftRight, Undo2, X } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import type { Notice } from '@/lib/restore/exchange/schema'
import { useNotice } from './exchange-query'
import { useNoticeWords } from './notice-words'

/** On every page: that the shop is being exchanged, or that the last exchange can still be undone. */
export function UndoBanner({ rendered }: { rendered: Notice }) {
  const { data: notice = rendered } = useNotice(rendered)
  const pathname = usePathname()
  const hidden = useHidden()
  const { running, wayBack } = notice
  // The restore page itself and the page of the exchange say the same, with the button to press.
  if (pathname === '/restore') return null
  if (running) return pathname === pathOf(running.jobId) ? null : <Running running={running} />
  if (!wayBack || pathname === pathOf(wayBack.jobId)) return null
  const isRestore = pathname.startsWith('/restore')
  if (!isRestore && hidden.id === wayBack.jobId) return null
  return <Undoable wayBack={wayBack} onHide={isRestore ? null : () => hidden.hide(wayBack.jobId)} />
}

const pathOf = (jobId: string) => `/restore/exchange/${jobId}`

function Running({ running }: { running: NonNullable<Notice['running']> }) {
  const t = useTranslations('exchange')
  const words = useNoticeWords()
  return (
    <Bar label={t('banner.runningLabel')}>
      <ArrowLeftRight aria-hidden className="size-4 shrink-0 text-run max-md:hidden" />
      <p role="status" className="min-w-0 truncate">
        {words.running(running)}
      </p>
      <OpenLink href={pathOf(running.jobId)}>{t('part.watch')}</OpenLink>
    </Bar>
  )
}

type UndoableProps = { wayBack: NonNullable<Notice['wayBack']>; onHide: (() => void) | null }

function Undoable({ wayBack, onHide }: UndoableProps) {
  const t = useTranslations('exchange.banner')
  const words = useNoticeWords()
  return (
    <Bar label={t('label')}>
      <Undo2 aria-hidden className="size-4 shrink-0 text-then max-md:hidden" />
      <p className="min-w-0 truncate">
        <span className="md:hidden">{words.restoredShort(wayBack)}</span>
        <span className="max-md:hidden">
          {words.restored(wayBack)} {words.undoUntil(wayBack)}
        </span>
      </p>
      <OpenLink href={pathOf(wayBack.jobId)} label={t('linkLabel')}>
        {t('link')}
      </OpenLink>
      {onHide && (
        <Button variant="quiet" size="icon-sm" aria-label={t('dismiss')} onClick={onHide} className="-mr-2 ml-auto">
          <X aria-hidden />
        </Button>
      )}
    </Bar>
  )
}

function Bar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className={cn('flex min-h-10 items-center gap-2.5 border-b bg-sunken px-4 text-compact md:px-8', 'max-md:gap-2')}
    >
      {children}
    </section>
  )
}

function OpenLink({ href, label, children }: { href: string; label?: string; children: ReactNode }) {
  return (
    <Link href={href as Route} aria-label={label} className="shrink-0 py-1.5 font-medium text-primary-strong hover:underline">
      {children}
    </Link>
  )
}

const KEY = 'salespider-hidden-exchange'
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** For this tab's session, and for this exchange alone. */
function useHidden() {
  // The server does not know what this tab put away: it renders the banner, and hydrating takes it away.
  const id = useSyncExternalStore(subscribe, () => sessionStorage.getItem(KEY), () => null)
  return {
    id,
    hide(jobId: string) {
      sessionStorage.setItem(KEY, jobId)
      for (const listener of listeners) listener()
    },
  }
}
