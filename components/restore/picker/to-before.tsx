'use client'

import { Undo2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import type { ShopEvent } from '@/lib/salespider/life/schema'
import type { SetMoment } from '../use-moment'

type ToBeforeProps = { event: ShopEvent; words: string; setAt: SetMoment }

/** The moment becomes the one just before it. */
export function ToBefore({ event, words, setAt }: ToBeforeProps) {
  const t = useTranslations('picker.around')
  return (
    <Tooltip>
      <TooltipTrigger asChild>
        <Button
          variant="quiet"
          size="icon-sm"
          aria-label={t('beforeOf', { event: words })}
          className="-my-2.5 -mr-2 max-md:size-11 md:-my-1"
          onClick={() => setAt(new Date(event.before))}
        >
          <Undo2 aria-hidden />
        </Button>
      </TooltipTrigger>
      <TooltipContent side="left">{t('before')}</TooltipContent>
    </Tooltip>
  )
}

/** The same in words, where it is what somebody came for. */
export function ToBeforePlain({ event, words, setAt }: ToBeforeProps) {
  const t = useTranslations('picker.around')
  return (
    <button
      type="button"
      aria-label={t('beforeOf', { event: words })}
      onClick={() => setAt(new Date(event.before))}
      className="block font-medium text-primary-strong hover:underline max-md:min-h-11"
    >
      {t('before')}
    </button>
  )
}
