'use client'

import { ThemeProvider } from 'next-themes'
import type { ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { LOCALE, messages } from '@/lib/i18n'

/** Words and theme. The storage key is SaleSpider's, spelt as it spells it: one choice serves both. */
export function RootProviders({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" storageKey="salepider-theme" defaultTheme="system" disableTransitionOnChange nonce={nonce}>
      {/* Words only: dates have the shop's zone, from lib/format. */}
      <IntlProvider locale={LOCALE} messages={messages} timeZone="UTC">
        {children}
      </IntlProvider>
    </ThemeProvider>
  )
}
