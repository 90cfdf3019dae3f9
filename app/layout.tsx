import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { NONCE_HEADER } from '@/lib/content-security-policy'
import { LOCALE, translator } from '@/lib/i18n'
import { getLooks } from '@/lib/salespider/settings/data'
import './globals.css'
import { RootProviders } from './providers'

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await getLooks()
  const title = translator('shell')('titleOf', { name })
  return { title: { default: title, template: `%s · ${title}` }, robots: { index: false, follow: false } }
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get(NONCE_HEADER) ?? undefined
  const { css } = await getLooks()
  return (
    // next-themes puts the theme's class here before React looks.
    <html lang={LOCALE} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      {css && (
        <head>
          {/* Numbers alone, made of a colour: nothing of what SaleSpider said. */}
          <style nonce={nonce} dangerouslySetInnerHTML={{ __html: css }} />
        </head>
      )}
      <body>
        <RootProviders nonce={nonce}>{children}</RootProviders>
      </body>
    </html>
  )
}
