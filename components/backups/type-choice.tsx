'use client'

import { RadioGroup } from 'radix-ui'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { BackupType } from '@/lib/jobs/schema'
import type { BackupChoice } from '@/lib/policy/choices/schema'
import { TypeGlyph } from './type-glyph'

/** One type: its name is the radio's name, what it would do describes it. */
export function TypeChoice({ type, choice }: { type: BackupType; choice: BackupChoice | undefined }) {
  const jobs = useTranslations('jobs.type')
  const id = useId()
  const { effect, cost } = useEffectWords(type, choice)
  return (
    <RadioGroup.Item
      value={type}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-effect ${id}-cost`}
      className={cn(
        'group grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 rounded-control px-2.5 py-3 text-left md:py-2',
        'hover:bg-hover focus-visible:-outline-offset-2 data-[state=checked]:bg-run-tint',
      )}
    >
      <TypeGlyph type={type} className="mt-0.5 text-bar-strong group-data-[state=checked]:text-run" />
      <span>
        <span id={`${id}-name`} className="block font-medium">
          {jobs(type)}
        </span>
        <span id={`${id}-effect`} className="block text-meta text-pretty">
          {effect}
        </span>
      </span>
      <span id={`${id}-cost`} className="text-compact whitespace-nowrap text-muted">
        {cost}
      </span>
    </RadioGroup.Item>
  )
}

function useEffectWords(type: BackupType, choice: BackupChoice | undefined): { effect: string; cost: string } {
  const t = useTranslations('backups.choice')
  const format = useFormat()
  const now = useNow(60_000)
  const { base = null, needs = 0, expires = [], size = null, duration = null } = choice ?? {}
  const moment = base ? format.moment(base.stoppedAt, now, { inline: true }) : ''
  const copies = type === 'full' ? t('full') : base ? t(type, { moment, count: needs }) : t('becomesFull')
  const last = expires.at(-1)
  const pushes = last && t('expires', { types: last.type, count: expires.length, day: format.day(last.stoppedAt) })
  const isMeasured = size !== null && duration !== null
  return {
    effect: pushes ? `${copies} ${pushes}` : copies,
    cost: isMeasured ? t('measured', { size: format.bytes(size), duration: format.duration(duration) }) : t('unmeasured'),
  }
}
