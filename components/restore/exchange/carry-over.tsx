'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import type { Comparison } from '@/lib/restore/comparison/schema'
import type { CarryOver } from '@/lib/restore/schema'

type CarryOverChoiceProps = { value: CarryOver; onChange: (value: CarryOver) => void; comparison: Comparison | null }

/** What a physical restore rewinds besides rows, and can be kept as it is now; and roles that it takes away. */
export function CarryOverChoice({ value, onChange, comparison }: CarryOverChoiceProps) {
  const t = useTranslations('exchange.switch')
  const id = useId()
  const hints = useHints(comparison)
  return (
    <fieldset className="grid gap-2 md:grid-cols-2 md:gap-x-4">
      <legend className="mb-1.5 text-compact font-medium">{t('carry')}</legend>
      {(['configuration', 'passwords'] as const).map((part) => (
        <label key={part} className="grid grid-cols-[16px_minmax(0,1fr)] content-start gap-x-2.5">
          <input
            type="checkbox"
            checked={value[part]}
            aria-labelledby={`${id}-${part}`}
            aria-describedby={`${id}-${part}-hint`}
            onChange={(event) => onChange({ ...value, [part]: event.target.checked })}
            className="mt-0.5 size-4 accent-primary-ground"
          />
          <span className="min-w-0">
            <span id={`${id}-${part}`}>{t(part)}</span>
            <span id={`${id}-${part}-hint`} className="block text-meta text-pretty [overflow-wrap:anywhere]">
              {hints[part]}
            </span>
          </span>
        </label>
      ))}
      {hints.gone && <p className="text-compact text-pretty text-warn md:col-span-2">{hints.gone}</p>}
    </fieldset>
  )
}

/** As many names as are read; the comparison itself has them all. */
const MOST_NAMES = 4

function useHints(comparison: Comparison | null) {
  const t = useTranslations('exchange.switch')
  const { locale } = useFormat().options
  const told = (names: readonly string[]) => {
    const shown = names.length > MOST_NAMES ? [...names.slice(0, MOST_NAMES), '…'] : names
    return { count: names.length, names: new Intl.ListFormat(locale).format(shown) }
  }
  const { settings = [], files = [], roles = [] } = comparison ?? {}
  const gone = roles.filter(({ side }) => side === 'only-now').map(({ name }) => name)
  const changed = roles.filter(({ side, what }) => side === 'differs' && what.includes('password')).map(({ name }) => name)
  return {
    configuration: t('configurationHint', told([...settings.map(({ name }) => name), ...files])),
    passwords: t('passwordsHint', told(changed)),
    gone: gone.length > 0 ? t('rolesGone', told(gone)) : null,
  }
}
