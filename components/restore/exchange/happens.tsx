import { useTranslations } from 'use-intl'

/** What an exchange does, one after the other; at the far end how long the shop is closed for it. */
export function Happens({ steps }: { steps: { words: string; note?: string | null }[] }) {
  const t = useTranslations('exchange.dialog')
  return (
    <ol aria-label={t('happens')} className="grid gap-2 text-compact">
      {steps.map(({ words, note }, at) => (
        <li key={words} className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2">
          <span aria-hidden className="text-faint">
            {at + 1}
          </span>
          <span className="text-pretty">{words}</span>
          {note && <span className="text-right text-muted max-md:col-start-2">{note}</span>}
        </li>
      ))}
    </ol>
  )
}
