'use client'

import './globals.css'
import { Button } from '@/components/ui/button'
import { LOCALE, translator } from '@/lib/i18n'

/** When not even the root layout could be rendered: no providers, no fonts, only words. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  const t = translator('shell')
  return (
    <html lang={LOCALE}>
      <body>
        <main className="mx-auto max-w-160 px-4 pt-24">
          <h1 className="text-title">{t('error.title')}</h1>
          <p className="mt-1 text-muted">{t('error.textPlain')}</p>
          <Button className="mt-4" onClick={retry}>
            {t('tryAgain')}
          </Button>
        </main>
      </body>
    </html>
  )
}
