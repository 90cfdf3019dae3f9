'use client'

import { useTranslations } from 'use-intl'
import { ErrorScreen } from '@/components/shell/error-screen'
import { Sheet } from '@/components/ui/sheet'

/** When the shell itself could not be rendered. */
export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('shell')
  return (
    <main className="mx-auto max-w-160 px-4 pt-24">
      <h1 className="sr-only">{t('title')}</h1>
      <Sheet>
        <ErrorScreen error={error} retry={retry} />
      </Sheet>
    </main>
  )
}
