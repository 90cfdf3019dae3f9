'use client'

import { CloudOff, ShieldCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet } from '@/components/ui/sheet'
import { measureOf, phasesOf } from '@/lib/jobs/rules'
import { type Standing, closedSpan } from '@/lib/restore/exchange/rules'
import type { Exchange } from '@/lib/restore/exchange/schema'
import { Fact, Facts } from '../../rehearsal/facts'
import { jobLink } from '../../text-link'
import { useBackupWords } from '../backup-choice'
import { usePointWords, useTimes } from '../words'
import { CancelButton } from './cancel-button'
import { ClosedCounter } from './closed-counter'
import { PhaseChart } from './phase-chart'
import { useElapsed } from './use-elapsed'

type LiveSheetProps = {
  exchange: Exchange
  standing: Standing
  closedFrom: number | null
  /** Since when nothing answers */
  goneSince: Date | null
}

/** An exchange under way. What it shows goes on without the dashboard: the counter needs nobody's answer. */
export function LiveSheet({ exchange, standing, closedFrom, goneSince }: LiveSheetProps) {
  const t = useTranslations('exchange.live')
  const elapsed = useElapsed(closedFrom)
  const { job } = exchange
  const from = closedSpan(job.steps)?.from
  const now = from && elapsed !== null ? new Date(Math.max(from.getTime() + elapsed, exchange.now.getTime())) : exchange.now
  return (
    <>
      <Sheet label={t('label')} className="px-4 pt-5 pb-4 md:px-8 md:pt-8 md:pb-6">
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-5">
          <ClosedCounter exchange={exchange} standing={standing} elapsed={elapsed} />
          <About exchange={exchange} />
        </div>
        <Waiting exchange={exchange} standing={standing} />
        <div className="mt-6 border-t pt-5">
          <PhaseChart job={job} now={now} />
        </div>
      </Sheet>
      <Calm exchange={exchange} goneSince={goneSince} />
    </>
  )
}

function About({ exchange: { job, point } }: { exchange: Exchange }) {
  const t = useTranslations('exchange.live')
  const words = usePointWords()
  const count = phasesOf(job.kind).length - 1
  const at = Math.max(0, phasesOf(job.kind).indexOf(job.steps.at(-1)?.phase ?? 'claim'))
  return (
    <Facts className="gap-y-1">
      <Fact name={t('to')}>{job.kind === 'undo' ? t('toUndo', { point: words(point) }) : words(point)}</Fact>
      <Fact name={t('by')}>{t.rich('byIs', { name: job.actorName, id: job.id, link: jobLink(job.id) })}</Fact>
      <Fact name={t('phase')} note={<Measure job={job} />}>
        {t('phaseIs', { at, count })}
      </Fact>
    </Facts>
  )
}

/** How far a phase is that takes its time: those of a restore in place. */
function Measure({ job: { kind, steps, percent, replayedAt, secondsLeft } }: { job: Exchange['job'] }) {
  const t = useTranslations('exchange.live')
  const format = useFormat()
  const { clock } = useTimes()
  const phase = steps.at(-1)?.phase ?? null
  const left = secondsLeft === null ? 'none' : format.duration(secondsLeft * 1_000)
  if (phase === 'safety' && percent !== null) return t('saved', { percent: format.percent(percent), left })
  const measure = measureOf({ kind, phase, percent, replayedAt })
  if (measure === 'replay' && replayedAt) return t('replayed', { time: clock(replayedAt) })
  return measure === 'restore' && percent !== null ? t('copied', { percent: format.percent(percent), left }) : null
}

/** What it waits for, and the ways to go on at once; or that nobody does it. */
function Waiting({ exchange, standing }: { exchange: Exchange; standing: Standing }) {
  const t = useTranslations('exchange.live')
  const backup = useTranslations('exchange.backup')
  const titles = useTranslations('jobs.title')
  const words = useBackupWords()
  const { clock } = useTimes()
  const { job, waitsFor, runningBackup, isWorkerAlive } = exchange
  const isEarly = standing === 'queued' || standing === 'preparing'
  const cancellable = runningBackup && ({
    id: runningBackup.id, kind: 'backup', status: 'RUNNING', cancelRequestedAt: null,
  } as const)
  const isOurs = runningBackup !== null && waitsFor?.id === runningBackup.id
  return (
    <div role="status" className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-pretty empty:hidden">
      {job.lost && <Warning>{t('lost', { time: clock(job.heartbeatAt ?? job.createdAt) })}</Warning>}
      {standing === 'queued' && !isWorkerAlive && <Warning>{t('noWorker')}</Warning>}
      {isOurs && (
        <p>
          {words(runningBackup)} {t('waitsBackup')}
        </p>
      )}
      {waitsFor && !isOurs && (
        <p>
          {t.rich('waits', {
            name: waitsFor.actorName, title: titles(waitsFor.kind, { type: 'full' }), id: waitsFor.id, link: jobLink(waitsFor.id),
          })}
        </p>
      )}
      {isOurs && cancellable && <CancelButton job={cancellable} label={backup('cancelNow')} />}
      {isEarly && <CancelButton job={job} className="md:ml-auto" />}
    </div>
  )
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <p className="flex gap-2 text-warn">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {children}
    </p>
  )
}

/** It needs nobody: neither this page nor the dashboard. */
function Calm({ exchange: { job }, goneSince }: { exchange: Exchange; goneSince: Date | null }) {
  const t = useTranslations('exchange.live')
  const { clock } = useTimes()
  return (
    <Sheet as="div" className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3 gap-y-1 px-4 py-3.5 md:px-5 md:py-4">
      {goneSince && (
        <>
          <CloudOff aria-hidden className="mt-0.5 size-5 text-warn" />
          <p role="status" className="text-pretty text-warn">
            {t('gone', { time: clock(goneSince) })}
          </p>
        </>
      )}
      <ShieldCheck aria-hidden className="mt-0.5 size-5 text-ok" />
      <p className="text-pretty">
        {t(job.kind === 'restore-in-place' ? 'leaveInPlace' : 'leave')}
        <span className="block text-muted">{t('follows')}</span>
      </p>
    </Sheet>
  )
}
