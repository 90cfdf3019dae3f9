'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { cn } from '@/lib/cn'

/** Shows what was typed on request; `refused` marks the field without taking its description away. */
export function PasswordInput({ refused, className, ...props }: ComponentProps<'input'> & { refused: boolean }) {
  const t = useTranslations('auth')
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <div className="relative">
      <Input
        {...props}
        {...(refused && { 'aria-invalid': true })}
        type={shown ? 'text' : 'password'}
        spellCheck={false}
        autoCapitalize="none"
        className={cn('pr-12', className)}
      />
      <Button
        variant="quiet"
        size="icon-sm"
        aria-label={t(shown ? 'hidePassword' : 'showPassword')}
        onClick={() => setShown(!shown)}
        className="absolute top-1/2 right-1.5 -translate-y-1/2"
      >
        <Icon aria-hidden />
      </Button>
    </div>
  )
}
