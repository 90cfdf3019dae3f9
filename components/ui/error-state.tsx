'use client'

import { OctagonX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import { Button } from './button'

type ErrorStateProps = { title: ReactNode; children?: ReactNode; onRetry?: () => void; busy?: boolean; className?: string }

/** What could not be read, what that means, and a way to try again. It stands where the thing would have stood. */
export function ErrorState({ title, children, onRetry, busy, className }: ErrorStateProps) {
  const t = useTranslations('shell')
  return (
    <div role="alert" className={cn('flex gap-3 px-4 py-4 md:px-5', className)}>
      <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div>
        <p className="font-medium">{title}</p>
        {children && <div className="max-w-[62ch] text-muted">{children}</div>}
        {onRetry && (
          <Button size="sm" className="mt-3" busy={busy} onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        )}
      </div>
    </div>
  )
}
