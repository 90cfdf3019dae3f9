'use client'

import { type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import type { ExchangeBackup } from '@/lib/restore/exchange/schema'
import { useAccess } from '../access'
import { jobLink } from '../text-link'

export type BackupAnswer = 'wait' | 'cancel'

type BackupChoiceProps = { backup: ExchangeBackup; value: BackupAnswer; onChange: (value: BackupAnswer) => void }

/** The exchange waits for a backup, whoever started it; or the backup is given up for it. */
export function BackupChoice({ backup, value, onChange }: BackupChoiceProps) {
  const t = useTranslations('exchange.backup')
  const words = useBackupWords()
  const { may } = useAccess()
  const id = useId()
  return (
    <fieldset className="rounded-control bg-foreground/4 px-3.5 py-2.5">
      <legend className="sr-only">{t('label')}</legend>
      <p className="text-pretty">
        {words(backup)} {may.cancel ? t('choice') : t('waitHint')}
      </p>
      {may.cancel && (
        <div className="mt-2 grid gap-2 md:grid-cols-2">
          {(['wait', 'cancel'] as const).map((answer) => (
            <label key={answer} className="grid grid-cols-[16px_minmax(0,1fr)] content-start gap-x-2.5">
              <input
                type="radio"
                name={id}
                checked={value === answer}
                onChange={() => onChange(answer)}
                aria-describedby={`${id}-${answer}`}
                className="mt-0.5 size-4 accent-primary-ground"
              />
              <span className="font-medium">{t(answer)}</span>
              <span id={`${id}-${answer}`} className="col-start-2 text-meta text-pretty">
                {t(`${answer}Hint`)}
              </span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  )
}

/** "A full backup is running, job 18: 64 % done, 1 min left." */
export function useBackupWords(): (backup: ExchangeBackup) => ReactNode {
  const t = useTranslations('exchange.backup')
  const format = useFormat()
  return ({ id, type, percent, secondsLeft }) => t.rich('runs', {
    id, type, link: jobLink(id), percent: percent === null ? 'none' : format.percent(percent),
    left: secondsLeft === null ? 'none' : format.duration(Math.max(1, secondsLeft) * 1_000),
  })
}
