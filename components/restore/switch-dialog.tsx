'use client'

import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import type { Comparison } from '@/lib/restore/comparison/schema'
import type { CarryOver, Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { ConfirmDialog } from './confirm-dialog'
import { Fact, Facts } from './facts'
import { CancelButton } from './job-progress'
import { LossPanel } from './losses'
import { jobLink } from './text-link'
import { usePoint } from './use-point'

type SwitchDialogProps = { rehearsal: Rehearsal; comparison: Comparison | null; view: RestoreView; isBlocked: boolean }

/** Says once what a switch does to the shop, and asks for the proof that it is meant. */
export function SwitchDialog({ rehearsal, comparison, view, isBlocked }: SwitchDialogProps) {
  const t = useTranslations('restore.switch')
  const point = usePoint()
  const { actions } = useAccess()
  const [carryOver, setCarryOver] = useState<CarryOver>({ configuration: true, passwords: true })
  return (
    <ConfirmDialog
      trigger={{ label: t('confirm'), variant: 'primary', disabled: isBlocked, className: 'md:ml-auto' }}
      title={t('title', { point: point(rehearsal.target) })}
      text={t('text')}
      confirmLabel={t('confirm')}
      stanza={view.stanza}
      act={(confirmation) => actions.switchToPoint({ ...confirmation, rehearsal: rehearsal.id, carryOver })}
    >
      {comparison ? (
        <LossPanel comparison={comparison} view={view} after={t('after')} />
      ) : (
        <p className="text-pretty text-warn">{t('uncompared')}</p>
      )}
      <SwitchFacts rehearsal={rehearsal} view={view} />
      <CarryOverChoice value={carryOver} onChange={setCarryOver} />
      <RunningBackup view={view} />
    </ConfirmDialog>
  )
}

function SwitchFacts({ rehearsal, view }: { rehearsal: Rehearsal; view: RestoreView }) {
  const t = useTranslations('restore.switch')
  const format = useFormat()
  const now = useNow(60_000)
  const { downtimeMs } = view.estimate
  const at = rehearsal.plan.time ?? rehearsal.reached?.at
  return (
    <Facts>
      <Fact name={t('downtime')}>
        {downtimeMs === null ? t('downtimeUnknown') : t('downtimeIs', { duration: format.duration(downtimeMs) })}
      </Fact>
      <Fact name={t('undo')} note={t('stale')}>
        {at ? t('undoIs', { moment: format.moment(new Date(at), now, { inline: true }) }) : t('undoIsPlain')}
      </Fact>
    </Facts>
  )
}

function CarryOverChoice({ value, onChange }: { value: CarryOver; onChange: (value: CarryOver) => void }) {
  const t = useTranslations('restore.switch')
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 text-compact font-medium">{t('carry')}</legend>
      <div className="grid gap-2">
        {(['configuration', 'passwords'] as const).map((part) => (
          <label key={part} className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5">
            <input
              type="checkbox"
              checked={value[part]}
              aria-labelledby={`${id}-${part}`}
              aria-describedby={`${id}-${part}-hint`}
              onChange={(event) => onChange({ ...value, [part]: event.target.checked })}
              className="mt-0.5 size-4 accent-primary-ground"
            />
            <span>
              <span id={`${id}-${part}`}>{t(part)}</span>
              <span id={`${id}-${part}-hint`} className="block text-meta">
                {t(`${part}Hint`)}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The exchange waits for it, whoever started it. */
export function RunningBackup({ view: { runningBackup } }: { view: RestoreView }) {
  const t = useTranslations('restore.switch')
  if (!runningBackup) return null
  const job = { id: runningBackup.id, kind: 'backup', status: 'RUNNING', cancelRequestedAt: null } as const
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-control bg-foreground/4 px-3.5 py-2.5">
      <p>
        {t('backup')} {t.rich('backupJob', { id: runningBackup.id, link: jobLink(runningBackup.id) })}
      </p>
      <CancelButton job={job} label={t('cancelBackup')} />
    </div>
  )
}
