import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { Brand } from '@/components/shell/brand'
import { safeNextPath } from '@/lib/auth/rules'
import { findSessionUser } from '@/lib/auth/session'
import { cn } from '@/lib/cn'
import { translator } from '@/lib/i18n'
import { ServiceNote } from './service-note'
import { SignInForm } from './sign-in-form'

export function generateMetadata(): Metadata {
  return { title: translator('auth')('signIn') }
}

type SignInPageProps = { searchParams: Promise<{ next?: string | string[] }> }

/** Says nothing about the shop: whoever reads this is not known yet. */
export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next } = await searchParams
  const path = safeNextPath(Array.isArray(next) ? next[0] : next)
  // Without the control database nobody is signed in; the form then says what is wrong.
  if (await findSessionUser().catch(() => null)) redirect(path as Route)
  return (
    <main
      className={cn(
        'grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_1fr] px-4 pt-12',
        'md:grid-cols-[384px] md:grid-rows-[1fr_auto_1.25fr] md:justify-center md:pt-0',
      )}
    >
      <Brand name={translator('shell')('product')} className="self-end px-0.5 pb-7" />
      <SignInForm next={path} />
      <ServiceNote />
    </main>
  )
}
