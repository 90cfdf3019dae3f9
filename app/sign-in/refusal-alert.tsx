'use client'

import { OctagonX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Refusal } from '@/lib/auth/schema'

/** From here on the number of tries left is worth a word. */
const FEW_TRIES = 3

export function RefusalAlert({ refusal }: { refusal: Refusal }) {
  const { title, help } = useRefusalWords(refusal)
  return (
    <div
      role="alert"
      className="flex gap-2.5 rounded-control bg-bad-tint px-3 py-2.5 text-compact inset-ring inset-ring-bad-line"
    >
      <OctagonX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div>
        <p className="font-medium">{title}</p>
        {help && <p>{help}</p>}
      </div>
    </div>
  )
}

function useRefusalWords(refusal: Refusal): { title: string; help?: string } {
  const t = useTranslations('auth.refused')
  switch (refusal.reason) {
    case 'mismatch': {
      const left = refusal.triesLeft
      return { title: t('mismatch'), help: left !== undefined && left <= FEW_TRIES ? t('triesLeft', { count: left }) : undefined }
    }
    case 'limited':
      return { title: t('limited'), help: t('limitedUntil', { minutes: Math.ceil(refusal.retryAfterSeconds / 60) }) }
    case 'no-access':
      return { title: t('noAccess'), help: t('noAccessHelp') }
    case 'no-accounts':
      return { title: t('noAccounts'), help: t('noAccountsHelp') }
    case 'unavailable':
      return { title: t('unavailable'), help: t('unavailableHelp') }
    case 'shop-away':
      return { title: t('shopAway'), help: t('shopAwayHelp') }
    case 'token':
      return { title: t('token'), help: t('tokenHelp') }
    case 'cookie-lost':
      return { title: t('cookieLost'), help: t('cookieLostHelp') }
  }
}
