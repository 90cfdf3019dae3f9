'use client'

import { Check } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogClose, DialogFooter } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import type { ActionResult } from '@/lib/action'
import type { Confirmation } from '../access'
import { Refusal } from '../guarded-button'
import { usePress } from '../use-press'

type ConfirmFormProps = {
  confirmLabel: string
  stanza: string
  act: (confirmation: Confirmation) => Promise<ActionResult<unknown>>
  onDone: () => void
  isBlocked: boolean
}
const mono = (chunks: ReactNode) => <span className="font-mono font-semibold">{chunks}</span>

type Missing = { stanza?: string; password?: string }

/** The proof that it is meant: the stanza's name, typed, and the person's own password. */
export function ConfirmForm({ confirmLabel, stanza, act, onDone, isBlocked }: ConfirmFormProps) {
  const t = useTranslations('restore.confirm')
  const { press, busy, error } = usePress(act, onDone)
  const [missing, setMissing] = useState<Missing>({})
  const [typed, setTyped] = useState('')
  const form = useRef<HTMLFormElement>(null)
  const isPasswordWrong = error?.fields?.password !== undefined

  useEffect(() => {
    const password = isPasswordWrong ? form.current?.querySelector<HTMLInputElement>('[name=password]') : null
    if (!password) return
    password.value = ''
    password.focus()
  }, [isPasswordWrong, error])

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    const wrong = {
      ...(typed.trim() !== stanza && { stanza: t('stanzaWrong', { stanza }) }),
      ...(password === '' && { password: t('passwordMissing') }),
    }
    setMissing(wrong)
    const [first] = Object.keys(wrong)
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    if (!busy && !isBlocked) press({ stanza: typed.trim(), password })
  }

  const wrongPassword = missing.password ?? (missing.stanza ? undefined : error?.fields?.password?.[0])
  return (
    <form ref={form} noValidate onSubmit={submit} className="mt-4 border-t pt-4">
      <div className="grid gap-3 md:grid-cols-2 md:gap-4">
        <Field
          label={t.rich('stanza', { stanza, mono })}
          error={missing.stanza ?? error?.fields?.stanza?.[0]}
          className="relative content-start"
        >
          <Input
            name="stanza"
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="pr-9"
          />
          {typed.trim() === stanza && <Check aria-hidden className="absolute top-[39px] right-3 size-4 text-ok md:top-[35px]" />}
        </Field>
        <Field label={t('password')} error={wrongPassword} hint={t('passwordHint')} className="content-start">
          <Input name="password" type="password" autoComplete="current-password" />
        </Field>
      </div>
      {error && !error.fields && <Refusal words={error.message} className="mt-3" />}
      <DialogFooter>
        <DialogClose asChild>
          <Button>{t('cancel')}</Button>
        </DialogClose>
        <Button type="submit" busy={busy} disabled={isBlocked} className="bg-bad-fill text-on-primary hover:bg-bad-fill/90">
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  )
}
