'use client'

import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'

export type Choice = {
  value: string
  title: ReactNode
  note?: ReactNode
  end?: ReactNode
  /** Why it cannot be chosen */
  reason?: string
  /** The branch it is on, where a restore left that */
  left: number | null
}

type ChoiceListProps = { label: string; value: string; choices: readonly Choice[]; onChange: (value: string) => void }

/** One of many, with what tells them apart; what lies on a branch that a restore left stands apart, under that branch. */
export function ChoiceList({ label, value, choices, onChange }: ChoiceListProps) {
  const t = useTranslations('picker.target')
  const left = [...new Set(choices.flatMap((choice) => choice.left ?? []))].toSorted((a, b) => b - a)
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={onChange}
      className="-mx-2 max-h-[26rem] overflow-y-auto overscroll-contain"
    >
      {[null, ...left].map((timeline) => (
        <div key={timeline ?? 'live'} role="presentation">
          {timeline !== null && <p className="px-2 pt-3 pb-1 text-meta">{t('left', { timeline })}</p>}
          {choices.filter((choice) => choice.left === timeline).map((choice) => (
            <ChoiceRow key={choice.value} choice={choice} />
          ))}
        </div>
      ))}
    </RadioGroup.Root>
  )
}

function ChoiceRow({ choice: { value, title, note, end, reason } }: { choice: Choice }) {
  return (
    <RadioGroup.Item
      value={value}
      disabled={reason !== undefined}
      className={cn(
        'group grid w-full grid-cols-[16px_minmax(0,1fr)_auto] items-baseline gap-x-2.5 rounded-control px-2 py-2 text-left',
        'hover:not-disabled:bg-hover focus-visible:-outline-offset-2 disabled:text-faint data-[state=checked]:bg-then/8',
      )}
    >
      <span
        aria-hidden
        className={cn(
          'size-3.5 translate-y-0.5 rounded-full border border-control group-disabled:opacity-50',
          'group-data-[state=checked]:border-[4.5px] group-data-[state=checked]:border-then',
        )}
      />
      <span className="min-w-0">
        <span className="block truncate font-medium">{title}</span>
        {(reason ?? note) && <span className="block truncate text-meta">{reason ?? note}</span>}
      </span>
      {end && <span className="text-compact text-muted">{end}</span>}
    </RadioGroup.Item>
  )
}
