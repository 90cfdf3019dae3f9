import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { JobResult } from '@/lib/jobs/schema'
import type { Conflict, RescueStep } from '@/lib/restore/rescue/schema'

const SHOWN = 50

/** The rows of a rescue, each with what was done to it; nothing for any other result. */
export function RescuedRows({ result }: { result: JobResult }) {
  const t = useTranslations('jobs.progress.rows')
  const { steps, conflicts } = rowsOf(result)
  if (steps.length + conflicts.length === 0) return null
  const named = steps.filter(({ why }) => why !== 'child')
  return (
    <ul aria-label={t('label')} className="mt-4 grid gap-1 border-t pt-3 text-compact">
      {conflicts.map((conflict, at) => <ConflictRow key={at} conflict={conflict} />)}
      {named.slice(0, SHOWN).map((step, at) => <StepRow key={at} step={step} isUndone={result.kind === 'undo-rescue'} />)}
      {named.length > SHOWN && <li className="text-muted">{t('more', { count: named.length - SHOWN })}</li>}
      {childrenByTable(steps).map(([table, count]) => (
        <li key={table}><b className="font-medium">{table}</b> <span className="text-muted">{t('children', { count })}</span></li>
      ))}
    </ul>
  )
}

function rowsOf(result: JobResult): { steps: RescueStep[]; conflicts: Conflict[] } {
  if (result.kind === 'plan-rescue') return result.outcome
  return { steps: result.kind === 'rescue' || result.kind === 'undo-rescue' ? result.steps : [], conflicts: [] }
}

/** Nobody knows a sold item by its name. */
function childrenByTable(steps: readonly RescueStep[]): [table: string, count: number][] {
  const counts = new Map<string, number>()
  for (const { table, why } of steps) if (why === 'child') counts.set(table, (counts.get(table) ?? 0) + 1)
  return [...counts]
}

const undone = { insert: 'removed', revive: 'marked' } as const

function StepRow({ step: { table, name, how, why }, isUndone }: { step: RescueStep; isUndone: boolean }) {
  const t = useTranslations('jobs.progress.rows')
  return (
    <li className="[overflow-wrap:anywhere]">
      <b className="font-medium">{name}</b> <span className="text-muted">{table}, {t(isUndone ? undone[how] : how)}</span>
      {why === 'parent' && <span className="text-muted">, {t('parent')}</span>}
    </li>
  )
}

function ConflictRow({ conflict: { table, name, code, columns, holder, reason } }: { conflict: Conflict }) {
  const t = useTranslations('jobs.progress.rows')
  const words = t(`conflict.${code}`, { columns: columns.join(', '), holder: holder ?? 'none', reason: reason ?? '' })
  return (
    <li className="flex gap-1.5 [overflow-wrap:anywhere]">
      <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
      <span><b className="font-medium">{name}</b> <span className="text-muted">{table},</span> {words}</span>
    </li>
  )
}
