import type { Metadata, Route } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { Brand } from '@/components/shell/brand'
import { host } from '@/lib/auth/host'
import { handoverPath, readRefused, safeNextPath } from '@/lib/auth/rules'
import { SALESPIDER_COOKIE } from '@/lib/auth/salespider/rules'
import type { Refusal } from '@/lib/auth/schema'
import { findSessionUser } from '@/lib/auth/session'
import { BASE_PATH } from '@/lib/base-path'
import { cn } from '@/lib/cn'
import { translator } from '@/lib/i18n'
import { getLooks } from '@/lib/salespider/settings/data'
import { ServiceNote } from './service-note'
import { SignInForm, type Way } from './sign-in-form'

export function generateMetadata(): Metadata {
  return { title: translator('auth')('signIn') }
}

type Query = Partial<Record<'next' | 'refused' | 'left', string | string[]>>

/** Says nothing about the shop but its name: whoever reads this is not known yet. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { next, refused, left } = await searchParams
  const path = safeNextPath(only(next))
  // Without the control database nobody is signed in; the form then says what is wrong.
  if (await findSessionUser().catch(() => null)) redirect(path as Route)
  const isEmbedded = host() !== null
  const isKnownThere = isEmbedded && (await cookies()).has(SALESPIDER_COOKIE)
  const refusal = readRefused(only(refused))
  if (isKnownThere && !refusal && left === undefined) redirect(handoverPath(path) as Route)
  const { name, logo } = await getLooks()
  return (
    <main
      className={cn(
        'grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_1fr] px-4 pt-12',
        'md:grid-cols-[384px] md:grid-rows-[1fr_auto_1.25fr] md:justify-center md:pt-0',
      )}
    >
      <Brand name={name} logo={logo} className="self-end px-0.5 pb-7" />
      <SignInForm
        next={path}
        refused={refusal}
        isEmbedded={isEmbedded}
        way={isEmbedded ? wayOf(refusal, isKnownThere ? path : null) : null}
      />
      <ServiceNote />
    </main>
  )
}

/** Where else to go; `next` where SaleSpider's sign-in may do at another try. */
function wayOf(refusal: Refusal | null, next: string | null): Way | null {
  if (refusal?.reason === 'no-access') return { href: '/', words: 'backToShop' }
  if (refusal?.reason === 'token') return { href: '/login', words: 'signInThere' }
  return next && refusal?.reason !== 'cookie-lost' ? { href: BASE_PATH + handoverPath(next), words: 'goOn' } : null
}

const only = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)
