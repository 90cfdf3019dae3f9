'use client'

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button, type ButtonProps } from '@/components/ui/button'
import {
  Dialog, DialogClose, DialogContent, DialogDescription, DialogFooter, DialogTitle, DialogTrigger,
} from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import type { ActionResult } from '@/lib/action'
import type { Confirmation } from './access'
import { Refusal } from './guarded-button'
import { usePress } from './use-press'

type ConfirmDialogProps = {
  /** The button that opens it */
  trigger: Pick<ButtonProps, 'variant' | 'size' | 'disabled' | 'aria-label' | 'className'> & { label: string }
  title: string
  text: string
  confirmLabel: string
  stanza: string
  act: (confirmation: Confirmation) => Promise<ActionResult<unknown>>
  children: ReactNode
}

/** Before the shop is exchanged: everything that matters, then the stanza's name and the person's own password. */
export function ConfirmDialog({ trigger: { label, ...trigger }, title, text, children, ...rest }: ConfirmDialogProps) {
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button {...trigger}>{label}</Button>
      </DialogTrigger>
      <DialogContent className="md:w-[36rem]">
        <DialogTitle>{title}</DialogTitle>
        <DialogDescription className="text-pretty">{text}</DialogDescription>
        <div className="mt-4 grid gap-4">{children}</div>
        <ConfirmForm {...rest} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  )
}

type ConfirmFormProps = Pick<ConfirmDialogProps, 'confirmLabel' | 'stanza' | 'act'> & { onDone: () => void }
type Missing = { stanza?: string; password?: string }

function ConfirmForm({ confirmLabel, stanza, act, onDone }: ConfirmFormProps) {
  const t = useTranslations('restore.confirm')
  const { press, busy, error } = usePress(act, onDone)
  const [missing, setMissing] = useState<Missing>({})
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
    const typed = Object.fromEntries(new FormData(event.currentTarget)) as Record<keyof Confirmation, string>
    const wrong = {
      ...(typed.stanza.trim() !== stanza && { stanza: t('stanzaWrong', { stanza }) }),
      ...(typed.password === '' && { password: t('passwordMissing') }),
    }
    setMissing(wrong)
    const [first] = Object.keys(wrong)
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    if (!busy) press({ stanza: typed.stanza.trim(), password: typed.password })
  }

  const wrongPassword = missing.password ?? (missing.stanza ? undefined : error?.fields?.password?.[0])
  return (
    <form ref={form} noValidate onSubmit={submit} className="mt-4 border-t pt-4">
      <div className="grid gap-3 md:grid-cols-2">
        <Field label={t('stanza', { stanza })} error={missing.stanza ?? error?.fields?.stanza?.[0]} className="content-start">
          <Input name="stanza" autoComplete="off" spellCheck={false} autoCapitalize="none" />
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
        <Button type="submit" busy={busy} className="bg-bad-fill text-on-primary hover:bg-bad-fill/90">
          {confirmLabel}
        </Button>
      </DialogFooter>
    </form>
  )
}
