'use client'

import { History, LayoutDashboard, Layers, type LucideIcon, Settings } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'

type Place = { href: Route; name: 'overview' | 'history' | 'restore' | 'settings'; icon: LucideIcon; holds: RegExp }

/** A job is opened from the history, and belongs there. */
const places: Place[] = [
  { href: '/', name: 'overview', icon: LayoutDashboard, holds: /^\/$/ },
  { href: '/history' as Route, name: 'history', icon: Layers, holds: /^\/(history|jobs)(\/|$)/ },
  { href: '/restore' as Route, name: 'restore', icon: History, holds: /^\/restore(\/|$)/ },
  { href: '/settings' as Route, name: 'settings', icon: Settings, holds: /^\/settings(\/|$)/ },
]

/** `compact` shows icons only between md and xl, named by a tooltip. */
export function Navigation({ compact = false, onNavigate }: { compact?: boolean; onNavigate?: () => void }) {
  const t = useTranslations('shell.nav')
  const pathname = usePathname()
  return (
    <nav aria-label={t('label')} className="grid gap-0.5">
      {places.map(({ href, name, icon: Icon, holds }) => (
        <Tooltip key={href}>
          <TooltipTrigger asChild>
            <Link
              href={href}
              onClick={onNavigate}
              aria-current={holds.test(pathname) ? 'page' : undefined}
              className={cn(
                'flex h-11 items-center gap-2.5 rounded-control px-2.5 font-medium text-muted hover:bg-hover md:h-9',
                'aria-[current=page]:bg-card aria-[current=page]:text-foreground aria-[current=page]:shadow-sheet',
                'aria-[current=page]:ring aria-[current=page]:ring-border aria-[current=page]:[&>svg]:text-primary-strong',
                compact && 'md:max-xl:justify-center',
              )}
            >
              <Icon aria-hidden className="size-4 shrink-0" />
              <span className={cn(compact && 'md:max-xl:sr-only')}>{t(name)}</span>
            </Link>
          </TooltipTrigger>
          {compact && (
            <TooltipContent side="right" className="hidden md:max-xl:block">
              {t(name)}
            </TooltipContent>
          )}
        </Tooltip>
      ))}
    </nav>
  )
}
