'use client'

import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/ui/error-state'
import { BASE_PATH } from '@/lib/base-path'

const CHECK_MS = 3_000

/**
 * What stands where a page could not be rendered. In a build, React keeps a server error's words from the browser, so the
 * health endpoint is asked whether the control database is away; when it is back, the page is tried again by itself.
 */
export function ErrorScreen({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('shell.error')
  const away = useDatabaseAway(retry)
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  if (away) {
    return (
      <ErrorState title={t('unavailableTitle')} onRetry={retry}>
        {t('unavailableText')}
      </ErrorState>
    )
  }
  return (
    <ErrorState title={t('title')} onRetry={retry}>
      {digest ? t('text', { digest }) : t('textPlain')}
    </ErrorState>
  )
}

function useDatabaseAway(onReturn: () => void): boolean {
  const [away, setAway] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let stopped = false
    const check = async (before: boolean) => {
      const now = await isDatabaseAway()
      if (stopped) return
      setAway(now)
      if (before && !now) onReturn()
      timer = setTimeout(() => void check(now), CHECK_MS)
    }
    void check(false)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [onReturn])
  return away
}

async function isDatabaseAway(): Promise<boolean> {
  const answer = await fetch(`${BASE_PATH}/api/health`, { cache: 'no-store' }).catch(() => null)
  const health = (await answer?.json().catch(() => null)) as { database?: string } | null | undefined
  return health?.database === 'down'
}
