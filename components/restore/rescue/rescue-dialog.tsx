'use client'

import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RowChoice } from '@/lib/restore/rescue/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { usePress } from '../use-press'
import { useRescueAccess } from './access'
import { withoutConflicts } from './choice'
import { useAskedJob } from './job-query'
import { ConflictStep } from './conflict-step'
import { DoneStep } from './done-step'
import { FailedStep } from './failed-step'
import { PlanStep } from './plan-step'
import { WaitStep } from './wait-step'

type RescueDialogProps = { rehearsal: Rehearsal; rows: RowChoice[]; view: RestoreView; onClose: () => void }

/** From what the rows need to what was put back: looked at first, asked for then, and taken back where it was wrong. */
export function RescueDialog({ rehearsal, rows: first, view, onClose }: RescueDialogProps) {
  const t = useTranslations('rescue')
  const { actions } = useRescueAccess()
  const [rows, setRows] = useState(first)
  const plan = usePress(actions.planRescue)
  const rescue = usePress(actions.rescueRows)
  const planned = useAskedJob(plan.done?.jobId ?? null)
  const rescued = useAskedJob(rescue.done?.jobId ?? null)
  useOnce(() => look(first))

  function look(wanted: RowChoice[]) {
    setRows(wanted)
    rescue.forget()
    plan.press({ rehearsal: rehearsal.id, rows: wanted })
  }

  if (rescue.done) {
    const { job } = rescued
    if (job?.status === 'SUCCEEDED' && job.result?.kind === 'rescue') return <DoneStep job={job} result={job.result} view={view} onClose={onClose} />
    if (job?.status === 'FAILED' || job?.status === 'CANCELLED') return <FailedStep job={job} onAgain={() => look(rows)} onClose={onClose} />
    return <WaitStep title={t('rescuing', { count: rows.length })} text={t('leave')} job={job} jobId={rescue.done.jobId} view={view} isUnread={rescued.isError} />
  }
  const { job } = planned
  if (plan.error || job?.status === 'FAILED' || job?.status === 'CANCELLED') {
    return <FailedStep job={plan.error ? null : job} words={plan.error?.message} onAgain={() => look(rows)} onClose={onClose} />
  }
  if (plan.busy || job?.result?.kind !== 'plan-rescue') {
    return <WaitStep title={t('label', { count: rows.length })} text={t('looking')} job={plan.busy ? null : job} jobId={plan.done?.jobId ?? null} view={view} isUnread={planned.isError} />
  }
  const { outcome } = job.result
  if (outcome.conflicts.length > 0) {
    const left = withoutConflicts(rows, outcome.conflicts)
    return <ConflictStep outcome={outcome} total={rows.length} left={left.length} onLeaveOut={() => look(left)} onAgain={() => look(rows)} onClose={onClose} />
  }
  return (
    <PlanStep
      outcome={outcome} count={rows.length} busy={rescue.busy} refusal={rescue.error?.message}
      onRescue={() => rescue.press({ rehearsal: rehearsal.id, rows })} onClose={onClose}
    />
  )
}

function useOnce(act: () => void): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (isDone.current) return
    isDone.current = true
    act()
  })
}
