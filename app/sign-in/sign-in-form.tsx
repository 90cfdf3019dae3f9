'use client'

import { type FormEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { signIn } from '@/lib/auth/client'
import type { Refusal } from '@/lib/auth/schema'
import { BASE_PATH } from '@/lib/base-path'
import { PasswordInput } from './password-input'
import { RefusalAlert } from './refusal-alert'

type Missing = { email?: string; password?: string }

type SignInFormProps = {
  /** A path within the dashboard, already found safe */
  next: string
  /** Why SaleSpider's own sign-in did not do */
  refused: Refusal | null
  isEmbedded: boolean
  /** Out of here by SaleSpider */
  way: Way | null
}
/** `href` is of the whole site: SaleSpider's pages are another application's */
export type Way = { href: string; words: 'goOn' | 'signInThere' | 'backToShop' }

/** The e-mail stays after a refusal, the password does not. */
export function SignInForm({ next, refused, isEmbedded, way }: SignInFormProps) {
  const t = useTranslations('auth')
  const [refusal, setRefusal] = useState(refused)
  const [missing, setMissing] = useState<Missing>({})
  const [busy, setBusy] = useState(false)
  const password = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    const { email = '', password: secret = '' } = Object.fromEntries(new FormData(form)) as Record<string, string>
    const empty = { ...(!email.trim() && { email: t('emailMissing') }), ...(!secret && { password: t('passwordMissing') }) }
    setMissing(empty)
    const [firstEmpty] = Object.keys(empty)
    if (firstEmpty) return form.querySelector<HTMLInputElement>(`[name=${firstEmpty}]`)?.focus()
    setBusy(true)
    const refused = await signIn({ email, password: secret })
    if (!refused) return window.location.replace(BASE_PATH + (next === '/' ? '' : next))
    setBusy(false)
    setRefusal(refused)
    if (password.current) password.current.value = ''
    password.current?.focus()
  }

  return (
    <form
      method="post"
      noValidate
      aria-labelledby="title"
      onSubmit={(event) => void submit(event)}
      className="grid gap-4.5 rounded-xl border bg-card px-5 pt-6 pb-5 shadow-sheet md:px-7 md:pt-7 md:pb-7"
    >
      <div>
        <h1 id="title" className="text-title">
          {t('title')}
        </h1>
        <p className="mt-1 text-muted">{t(isEmbedded ? 'subtitleEmbedded' : 'subtitle')}</p>
      </div>
      {refusal && <RefusalAlert refusal={refusal} />}
      <Field label={t('email')} error={missing.email}>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          autoFocus
          spellCheck={false}
          autoCapitalize="none"
          className={fieldSize}
        />
      </Field>
      <Field label={t('password')} error={missing.password}>
        <PasswordInput
          ref={password}
          name="password"
          autoComplete="current-password"
          refused={refusal?.reason === 'mismatch'}
          className={fieldSize}
        />
      </Field>
      <Button type="submit" variant="primary" busy={busy} className="mt-0.5 h-12 text-base md:h-10 md:text-sm">
        {t('signIn')}
      </Button>
      {way && (
        <a href={way.href} className="justify-self-center py-1 font-medium text-primary-strong hover:underline">
          {t(way.words)}
        </a>
      )}
    </form>
  )
}

/** Below 16 px a phone zooms into the field. */
const fieldSize = 'h-12 text-base md:h-10 md:text-sm'
