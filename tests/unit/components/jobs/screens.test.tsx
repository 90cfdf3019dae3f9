import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { FormatProvider } from '@/components/format-provider'
import { JobsTable } from '@/components/history/jobs-table'
import { JobScreen } from '@/components/jobs/job-screen'
import { RecentActivity } from '@/components/overview/recent-activity'
import { ActiveJobs } from '@/components/overview/running-job'
import { TooltipProvider } from '@/components/ui/tooltip'
import type { JobSummary } from '@/lib/history/jobs/schema'
import type { Overview, OverviewJob } from '@/lib/health/schema'
import { LOCALE, messages } from '@/lib/i18n'
import { phasesOf, targetOf } from '@/lib/jobs/rules'
import { type JobKind, type JobRequest, type JobStatus, jobKinds, jobStatuses } from '@/lib/jobs/schema'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { conflictCodes } from '@/lib/restore/rescue/schema'

const now = new Date('2026-11-24T16:00:00Z')
const before = (seconds: number) => new Date(now.getTime() - seconds * 1_000)
const wish = { target: { type: 'time', at: '2026-11-24T13:03:21Z' } } as const

const requests: { [K in JobKind]: Extract<JobRequest, { kind: K }> } = {
  backup: { kind: 'backup', type: 'diff', repo: 1 },
  check: { kind: 'check' },
  'stanza-create': { kind: 'stanza-create' },
  'sync-catalog': { kind: 'sync-catalog' },
  'check-archive': { kind: 'check-archive' },
  rehearse: { kind: 'rehearse', wish },
  compare: { kind: 'compare', rehearsal: 'c2' },
  discard: { kind: 'discard', rehearsal: 'c2' },
  switch: { kind: 'switch', rehearsal: 'c2', carryOver: { configuration: true, passwords: true } },
  undo: { kind: 'undo', cluster: 'c1' },
  'restore-in-place': { kind: 'restore-in-place', wish },
  'restore-point': { kind: 'restore-point', name: 'before stocktaking' },
  purge: { kind: 'purge', cluster: 'c1' },
  'plan-rescue': { kind: 'plan-rescue', rehearsal: 'c2', rows: [{ schema: 'public', table: 'Product', key: { id: 'p1' } }] },
  rescue: { kind: 'rescue', rehearsal: 'c2', rows: [{ schema: 'public', table: 'Product', key: { id: 'p1' } }] },
  'undo-rescue': { kind: 'undo-rescue', rescue: '76' },
  'test-repository': { kind: 'test-repository', repo: 2 },
}

function render(children: ReactNode): string {
  const onError = (error: Error) => {
    throw error
  }
  return renderToStaticMarkup(
    <IntlProvider locale={LOCALE} messages={messages} timeZone="UTC" onError={onError}>
      <QueryClientProvider client={new QueryClient()}>
        <FormatProvider options={{ timeZone: 'Africa/Lagos', dateFormat: 'dd/MM/yyyy', timeFormat: 'HH:mm', locale: LOCALE }} now={now}>
          <TooltipProvider>{children}</TooltipProvider>
        </FormatProvider>
      </QueryClientProvider>
    </IntlProvider>,
  )
}

const textOf = (markup: string) => markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/&#x27;/g, "'").replaceAll(/\s+/g, ' ')

function jobOf(kind: JobKind, status: JobStatus, phase = phasesOf(kind).at(-1), more: Partial<TailJob> = {}): TailJob {
  const isOver = status !== 'QUEUED' && status !== 'RUNNING'
  return {
    id: '77', stanza: 'salespider', kind, status, lost: false, request: requests[kind], result: null, command: null, trigger: 'manual', reason: null,
    progress: status === 'QUEUED' || !phase ? null : {
      steps: [{ phase, startedAt: before(40).toISOString() }], percent: 40, bytesDone: 4e8, bytesTotal: 1e9, rate: 2e7, secondsLeft: 30,
      replayedAt: '2026-11-24T12:58:00.000Z',
    },
    failure: status === 'FAILED' ? { code: 'worker-lost' } : null, actorName: 'Ada Okafor', workerName: 'till-2', retryOf: null,
    createdAt: before(60), claimedAt: status === 'QUEUED' ? null : before(50), heartbeatAt: before(1),
    cancelRequestedAt: status === 'CANCELLED' ? before(5) : null, cancelRequestedBy: status === 'CANCELLED' ? 'Ada Okafor' : null,
    finishedAt: isOver ? before(2) : null, ...more,
  }
}

const page = (job: TailJob) =>
  textOf(render(<JobScreen initial={{ now, job, events: [], more: false, queue: null }} repository={null} actions={{ cancel: null, retry: null, undoRescue: null }} />))

const onOverview = ({ id, kind, status, lost, actorName, createdAt, claimedAt, heartbeatAt, finishedAt, progress, ...job }: TailJob): OverviewJob => ({
  id, kind, status, lost, actorName, createdAt, claimedAt, heartbeatAt, finishedAt, trigger: 'manual', reason: null,
  type: job.request.kind === 'backup' ? job.request.type : null, repo: job.request.kind === 'backup' ? job.request.repo : null,
  target: targetOf(job.request), cancelRequestedAt: job.cancelRequestedAt, size: null, downtime: null, failure: job.failure?.code ?? null,
  progress: progress && {
    phase: progress.steps.at(-1)?.phase ?? null, percent: 40, bytesDone: 4e8, bytesTotal: 1e9, rate: 2e7, secondsLeft: 30,
    replayedAt: new Date('2026-11-24T12:58:00Z'),
  },
})

const may = { run: true, check: true, cancel: true }
const cancelJob = async () => ({ ok: true as const, data: null })
const active = (...jobs: TailJob[]) => {
  const overview = { active: jobs.map(onOverview), repositories: [], verdict: { state: 'protected' } } as unknown as Overview
  return textOf(render(<ActiveJobs overview={overview} may={may} cancelJob={cancelJob} />))
}

describe.each(jobKinds)('a %s', (kind) => {
  it.each(jobStatuses)('has a page when it is %s', (status) => expect(page(jobOf(kind, status))).not.toMatch(/[{}]|undefined|NaN/))

  it.each(jobStatuses)('stands in the lists when it is %s', (status) => {
    const job = jobOf(kind, status)
    const { failure, ...row } = onOverview(job)
    const summary: JobSummary = { ...row, percent: 40, stored: null, failure: failure && { code: failure } }
    const overview = { recent: [onOverview(job)], repositories: [] } as unknown as Overview
    const text = textOf(render(<><JobsTable jobs={[summary]} /><RecentActivity overview={overview} /></>))
    expect(text).toContain('Ada Okafor')
    expect(text).not.toMatch(/[{}]|undefined|NaN/)
  })

  it('is seen to run, through each of its phases', () => {
    for (const phase of phasesOf(kind)) {
      expect(page(jobOf(kind, 'RUNNING', phase))).not.toMatch(/[{}]|undefined|NaN/)
      expect(active(jobOf(kind, 'RUNNING', phase))).not.toMatch(/[{}]|undefined|NaN/)
    }
  })
})

describe('what runs in the cluster’s lane', () => {
  it('shows bytes while files are restored', () => {
    expect(active(jobOf('rehearse', 'RUNNING', 'restore'))).toMatch(/Rehearsal, today 14:03:21.* 40\s?% restoring files .*400\s?MB of 1\.0\s?GB/)
    expect(page(jobOf('rehearse', 'RUNNING', 'restore'))).toMatch(/Restored 400 MB of 1\.0\s?GB.*then WAL is replayed/)
  })

  it('shows how far WAL is replayed, and no figure of the copy that is over', () => {
    const text = active(jobOf('rehearse', 'RUNNING', 'replay'))
    expect(text).toContain('replaying WAL')
    expect(text).toContain('up to 13:58:00')
    expect(text).not.toMatch(/%|MB/)
    expect(page(jobOf('rehearse', 'RUNNING', 'replay'))).toMatch(/Replayed to 13:58:00 Replaying WAL/)
  })

  it('does not hold up what waits in the other one, unless the shop is being exchanged', () => {
    const waiting = jobOf('backup', 'QUEUED')
    expect(active(jobOf('rehearse', 'RUNNING'), waiting)).toContain('waits for the worker')
    expect(active(jobOf('switch', 'RUNNING'), waiting)).toContain('waits until the job before it ends')
  })

  it('says beforehand and afterwards what a cancel leaves', () => {
    expect(active(jobOf('switch', 'RUNNING', 'drain', { cancelRequestedAt: before(1) }))).toContain('Stopping. Until the exchange has begun')
    expect(page(jobOf('switch', 'CANCELLED'))).toContain('the shop runs as before')
    expect(page(jobOf('restore-in-place', 'CANCELLED'))).toContain('The Overview says whether the shop is open')
  })

  it('of a lost worker says who finishes it', () => {
    expect(page(jobOf('switch', 'RUNNING', 'switch', { lost: true }))).toContain('one whole shop runs either way')
  })
})

describe('the rows of a rescue', () => {
  const sale = { schema: 'public', table: 'Sale', key: { id: 's1' }, name: 's1', how: 'insert', why: 'chosen' } as const
  const steps = [sale, { ...sale, table: 'User', name: 'Bola Ige', why: 'parent' as const }, ...['i1', 'i2'].map((name) => ({ ...sale, table: 'SaleItem', name, why: 'child' as const }))]

  it('stand under what a job came to, those that went with others as a number', () => {
    const text = page(jobOf('rescue', 'SUCCEEDED', 'rescue', { result: { kind: 'rescue', rehearsal: 'c2', transaction: '812', steps, written: [] } }))
    expect(text).toContain('s1 Sale, put back as it was')
    expect(text).toMatch(/Bola Ige User, put back as it was , needed by another/)
    expect(text).toContain('SaleItem 2 rows that were deleted with others')
    expect(text).not.toContain('i1')
  })

  it('tell what is in the way, each in words of its own', () => {
    const conflicts = conflictCodes.map((code) => ({ ...sale, code, chosen: [0], columns: ['gtin'], holder: 'Soap', reason: 'not on Sundays' }))
    const outcome = { steps: [], conflicts, renamed: [], stillDeleted: [] }
    const text = page(jobOf('plan-rescue', 'SUCCEEDED', 'rescue', { result: { kind: 'plan-rescue', rehearsal: 'c2', outcome } }))
    expect(text).toContain('“Soap” has its gtin')
    expect(text).toContain('PostgreSQL refuses it: not on Sundays')
    expect(text).not.toMatch(/[{}]|undefined/)
  })
})
