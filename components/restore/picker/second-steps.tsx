'use client'

import { Minus, Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import { momentFields } from '../typed-moment'
import { momentText } from './address'
import type { PanelProps } from './picker-sheet'

const SECOND = 1_000

/** One second back and on, never to where nothing can be restored. */
export function SecondSteps({ view, target: { draft: { moment }, typed, type } }: PanelProps) {
  const t = useTranslations('picker.step')
  const at = 'at' in moment ? moment.at : null
  const step = (by: number) => {
    const next = at === null ? null : new Date(Date.parse(at) + by)
    return next && reachabilityAt(next, view).ok ? next : null
  }
  return (
    <div className="absolute inset-y-0 right-1 flex items-center">
      {([['back', -SECOND, Minus], ['on', SECOND, Plus]] as const).map(([name, by, Icon]) => {
        const next = step(by)
        return (
          <Button
            key={name}
            variant="quiet"
            size="icon-sm"
            aria-label={t(name)}
            disabled={!next}
            className="size-9 md:size-7"
            onClick={() => next && type(momentFields(withFraction(momentText(next), at), typed.zone), view.now)}
          >
            <Icon aria-hidden />
          </Button>
        )
      })}
    </div>
  )
}

/** Microseconds are more than a Date holds. */
function withFraction(text: string, at: string | null): string {
  return `${text.slice(0, 19)}${/\.\d+/.exec(at ?? '')?.[0] ?? ''}Z`
}
