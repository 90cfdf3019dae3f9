import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { FormatProvider } from '@/components/format-provider'
import type { Access } from '@/components/restore/access'
import { ExchangeScreen } from '@/components/restore/exchange/page/exchange-screen'
import { TooltipProvider } from '@/components/ui/tooltip'
import { LOCALE, messages } from '@/lib/i18n'
import { isActive, phasesOf } from '@/lib/jobs/rules'
import { type JobPhase, type JobStatus, jobStatuses } from '@/lib/jobs/schema'
import type { Side } from '@/lib/restore/exchange/changes/schema'
import { type Exchange, type ExchangeKind, type Step, exchangeKinds } from '@/lib/restore/exchange/schema'

const now = new Date('2026-11-24T16:20:00Z')
const at = (text: string) => new Date(`2026-11-24T${text}Z`)

function render(children: ReactNode): string {
  const onError = (error: Error) => {
    throw error
  }
  const markup = renderToStaticMarkup(
    <IntlProvider locale={LOCALE} messages={messages} timeZone="UTC" onError={onError}>
      <QueryClientProvider client={new QueryClient()}>
        <FormatProvider options={{ timeZone: 'Africa/Lagos', dateFormat: 'dd/MM/yyyy', timeFormat: 'HH:mm', locale: LOCALE }} now={now}>
          <TooltipProvider>{children}</TooltipProvider>
        </FormatProvider>
      </QueryClientProvider>
    </IntlProvider>,
  )
  return markup.replaceAll(/<[^>]+>/g, ' ').replaceAll('&#x27;', "'").replaceAll(/[\s\u00a0]+/g, ' ').replaceAll(/ ([.,:])/g, '$1')
}

const access: Access = {
  may: new Proxy({}, { get: () => true }) as Access['may'], actions: new Proxy({}, { get: () => async () => null }) as Access['actions'],
}
const kept = { id: 'c1', leftBy: 'switch', leftAt: at('16:16:09'), jobId: '12', timeline: 1, size: 1.3e9, keepUntil: new Date('2026-12-01T16:16:09Z'), unarchived: 0 } as const
const point = { at: at('13:03:21'), target: { type: 'time', at: '2026-11-24T13:03:21Z' } } as const

/** In its last phase for a second, the others one second each before it */
function stepsTo(kind: ExchangeKind, last: JobPhase, isOver: boolean): Step[] {
  const phases = phasesOf(kind).slice(0, phasesOf(kind).indexOf(last) + 1)
  return phases.map((phase, n) => ({
    phase, startedAt: new Date(at('16:16:00').getTime() + n * 1_000),
    endedAt: n < phases.length - 1 || isOver ? new Date(at('16:16:00').getTime() + (n + 1) * 1_000) : null,
  }))
}

function exchangeOf(kind: ExchangeKind, status: JobStatus, last: JobPhase, more: Partial<Omit<Exchange, 'job'>> & { job?: Partial<Exchange['job']> } = {}): Exchange {
  const isDone = status === 'SUCCEEDED'
  const canUndo = isDone && kind !== 'restore-in-place'
  return {
    now, stanza: 'salespider', currency: { code: 'NGN', symbol: '₦' }, point,
    changes: null, counted: null, backups: [], nextId: null, waitsFor: null, runningBackup: null, isWorkerAlive: true, seen: { up: true, at: at('16:19:58') }, downtimes: [412, 380, 440],
    result: isDone ? { downtimeMs: 412, timeline: 2, carried: [], safetyLabel: null, kept: canUndo ? { ...kept, isThere: true } : null } : null,
    wayBack: canUndo ? { jobId: '12', kind: kind as 'switch' | 'undo', point, exchangedAt: at('16:16:04'), kept, givesUpSince: null } : null,
    ...more,
    job: {
      id: '12', kind, status, lost: false, actorName: 'Bisi Adeyemi', createdAt: at('16:15:59'), claimedAt: at('16:16:00'), heartbeatAt: now,
      finishedAt: isActive(status) ? null : at('16:16:09'), cancelRequestedAt: null, cancelRequestedBy: status === 'CANCELLED' ? 'Ada Okafor' : null,
      steps: status === 'QUEUED' ? [] : stepsTo(kind, last, !isActive(status)), percent: null, replayedAt: null, secondsLeft: null,
      failure: status === 'FAILED' ? { code: 'switch-refused', params: { why: 'it was opened' } } : null,
      ...more.job,
    },
  }
}
const page = (...asked: Parameters<typeof exchangeOf>) => render(<ExchangeScreen rendered={exchangeOf(...asked)} access={access} />)

describe.each(exchangeKinds)('a %s', (kind) => {
  it.each(jobStatuses)('has a page when it is %s', (status) => {
    for (const phase of phasesOf(kind)) expect(page(kind, status, phase)).not.toMatch(/[{}]|undefined|NaN|Invalid/)
  })

  it('claims nothing before its result', () => {
    for (const phase of phasesOf(kind)) expect(page(kind, 'RUNNING', phase)).not.toMatch(/The shop runs|was switched|went back|Undo is possible/)
  })
})

describe('the page of a switch', () => {
  it('counts from when the shop was taken away', () => expect(page('switch', 'RUNNING', 'switch')).toContain('The shop has been closed for'))
  it('says that it is open before', () => expect(page('switch', 'RUNNING', 'promote')).toContain('It closes when all is ready, for about 0.4 s.'))
  it('says that it is open again, and that the exact time follows', () => {
    expect(page('switch', 'RUNNING', 'archive')).toMatch(/The shop is open again\. It was closed for about 1\.0 s The exact time follows/)
  })

  it('tells what it waits for, with both ways to go on', () => {
    const runningBackup = { id: '9', type: 'full', repo: 1, status: 'RUNNING', percent: 64, secondsLeft: 60 } as const
    const text = page('switch', 'RUNNING', 'wait', { runningBackup, waitsFor: { id: '9', kind: 'backup', actorName: 'Schedule' } })
    expect(text).toContain('A full backup is running, job 9: 64 % done, 1 min left. It waits for that.')
    expect(text).toContain('Cancel the backup')
  })

  it('tells that its worker is silent, and who finishes it', () => {
    expect(page('switch', 'RUNNING', 'switch', { job: { lost: true } })).toContain('The supervisor finishes what was begun')
  })

  it('ends with what the shop is now, how long it was closed, and the way back', () => {
    const text = page('switch', 'SUCCEEDED', 'archive')
    expect(text).toContain('The shop runs as it was at 14:03:21 since 17:16:05. It was closed for 0.4 s.')
    expect(text).toContain('Undo is possible until Tue 1 Dec, 17:16.')
    expect(text).toContain('It opened timeline 2.')
  })

  const side = (count: number, ...rows: Side['rows']): Side => ({ sales: { count, takings: String(count * 1_000) }, rows })
  const products = { table: 'Product', count: 3, isCapped: false }

  it('tells what it left behind and brought back as it was counted when the shop closed, not as it was compared', () => {
    const changes = { comparedAt: at('16:00:00'), countedTo: at('15:59:30'), behind: side(37), back: side(0) }
    const counted = { countedAt: at('16:16:04'), comparedAt: at('16:00:00'), behind: side(38), back: side(0, products) }
    const text = page('switch', 'SUCCEEDED', 'archive', { changes, counted })
    expect(text).toContain('counted to 17:16:04, as the shop closed; other tables as compared today 17:00')
    expect(text).toMatch(/38 sales, ₦38,000.*Came back 3 products/)
    expect(text).not.toMatch(/37 sales|after that, until/)
    expect(page('switch', 'SUCCEEDED', 'archive', { changes })).toMatch(/compared today 17:00.*37 sales.*what was sold after that, until today 17:16/)
    expect(page('undo', 'SUCCEEDED', 'archive', { counted: { ...counted, comparedAt: null, back: null } })).toMatch(/38 sales.*Other tables were not compared/)
  })

  it('says where the way back has gone', () => {
    expect(page('switch', 'SUCCEEDED', 'archive', { wayBack: null })).toContain('Undo is not possible any more')
    const after = page('switch', 'SUCCEEDED', 'archive', { wayBack: null, nextId: '14' })
    expect(after).toMatch(/The shop was switched to 14:03:21, today 17:16\. .* exchanged again, by job 14/)
    expect(after).not.toContain('The shop runs')
  })

  it.each([
    ['drain', 'archive-behind-switch', 'The shop runs as before.'],
    ['switch', 'switch-rolled-back', 'The shop runs as before.'],
    ['switch', 'switch-stuck', 'Which shop runs is not known yet.'],
    ['archive', 'internal', 'The shop runs as it was at 14:03:21.'],
  ] as const)('that failed in %s with %s begins with which shop runs', (phase, code, expected) => {
    const text = page('switch', 'FAILED', phase, { job: { failure: { code } } })
    expect(text).toContain(expected)
  })

  it('that was cancelled says by whom, and that the shop runs as before', () => {
    expect(page('switch', 'CANCELLED', 'wait')).toContain('The shop runs as before. Ada Okafor cancelled it before anything was exchanged.')
  })
})

describe('the page of a restore in place', () => {
  it('names the safety backup as the only way back', () => {
    const result = { downtimeMs: 52_300, timeline: null, carried: [], safetyLabel: '20261124-010003F_20261124-161600I', kept: null }
    expect(page('restore-in-place', 'SUCCEEDED', 'archive', { result })).toMatch(/It was closed for 52 s\..*It cannot be undone\. The way back is the safety backup 20261124-010003F_20261124-161600I/)
  })

  it('says that the shop is closed when it is', () => {
    expect(page('restore-in-place', 'FAILED', 'restore', { job: { failure: { code: 'in-place-incomplete' } } })).toContain('The shop is closed.')
  })
})
