'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { signOut } from '@/lib/auth/client'
import type { Role } from '@/lib/auth/schema'
import { ThemeChoice } from './theme-menu'

export type Person = { name: string; email: string; role: Role }

export function UserMenu({ person }: { person: Person }) {
  const t = useTranslations('shell.user')
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t('label', { name: person.name })}
        className="grid size-11 shrink-0 place-items-center rounded-full text-xs font-medium focus-visible:rounded-full md:size-8"
      >
        <span aria-hidden className="grid size-8 place-items-center rounded-full bg-foreground/9">
          {initials(person.name)}
        </span>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-64">
        <div className="px-2.5 py-1.5">
          <p className="truncate font-medium">{person.name}</p>
          <p className="truncate text-meta">{person.email}</p>
          <p className="text-meta">{t(`role.${person.role}`)}</p>
        </div>
        <DropdownMenuSeparator />
        <div className="md:hidden">
          <ThemeChoice labelled />
          <DropdownMenuSeparator />
        </div>
        <SignOutItem />
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

/** Stays open until it is done: a sign-out that did not happen must not look like one. */
function SignOutItem() {
  const t = useTranslations('shell.user')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const leave = async () => {
    setState('busy')
    try {
      await signOut()
    } catch {
      setState('failed')
    }
  }
  return (
    <>
      <DropdownMenuItem
        disabled={state === 'busy'}
        onSelect={(event) => {
          event.preventDefault()
          void leave()
        }}
      >
        <LogOut aria-hidden className="text-muted" />
        {t('signOut')}
      </DropdownMenuItem>
      {state === 'failed' && (
        <p role="alert" className="px-2.5 py-1.5 text-meta text-bad">
          {t('signOutFailed')}
        </p>
      )}
    </>
  )
}

/** "Ada Okafor" → "AO", "owner" → "OW" */
function initials(name: string): string {
  const words = name.trim().split(/[\s._-]+/u).map((word) => [...word])
  const letters = words.length > 1 ? [words[0]?.[0], words.at(-1)?.[0]] : (words[0]?.slice(0, 2) ?? [])
  return letters.join('').toLocaleUpperCase()
}
