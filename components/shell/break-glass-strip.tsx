import { KeyRound } from 'lucide-react'
import { translator } from '@/lib/i18n'

/** On every page of a break-glass session: whose rights these are, and that it is seen. */
export function BreakGlassStrip() {
  const t = translator('auth')
  return (
    <section
      aria-label={t('breakGlass.label')}
      className="flex min-h-10 items-center gap-2.5 border-b bg-warn-tint px-4 py-1.5 text-compact md:px-8"
    >
      <KeyRound aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 md:hidden">{t('breakGlass.short')}</p>
      <p className="min-w-0 max-md:hidden">{t('breakGlass.text')}</p>
    </section>
  )
}
