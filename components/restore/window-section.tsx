'use client'

import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import type { Gap, RecoveryWindow } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { GuardedButton, Refusal } from './guarded-button'
import { TextLink, jobLink, strong } from './text-link'
import { usePress } from './use-press'

/** What can be restored, in one sentence; what cannot, in another each. */
export function WindowSection({ view }: { view: RestoreView }) {
  const t = useTranslations('restore.window')
  const [live, ...left] = view.windows
  // One that two branches share is told once.
  const gaps = new Map(view.windows.flatMap((window) => window.gaps).map((gap) => [`${gap.repo} ${gap.first}`, gap]))
  return (
    <section aria-label={t('label')} className="grid gap-x-10 gap-y-4 pt-1 pb-1 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <Sentence window={live} />
        {!view.isWorkerAlive && <p className="mt-1 text-pretty text-warn">{t('workerAway')}</p>}
        {left.map((window) => (
          <LeftBranch key={window.timeline} window={window} />
        ))}
        {gaps.size > 0 && (
          <ul className="mt-2.5 grid gap-2">
            {[...gaps].map(([key, gap]) => (
              <GapLine key={key} gap={gap} />
            ))}
          </ul>
        )}
      </div>
      <CheckArchive view={view} />
    </section>
  )
}

function useMoments() {
  const format = useFormat()
  const now = useNow(60_000)
  return (at: Date) => format.moment(at, now, { inline: true })
}

function Sentence({ window }: { window: RecoveryWindow | undefined }) {
  const t = useTranslations('restore.window')
  const format = useFormat()
  const moment = useMoments()
  const { earliest = null, latest = null, rpoSeconds = null } = window ?? {}
  if (!earliest || !latest) return <NoWindow earliest={earliest} isSeen={window !== undefined} />
  const risk = rpoSeconds === null ? t('riskUnknown') : t('risk', { span: format.duration(rpoSeconds * 1_000) })
  return (
    <>
      <p className="text-xl/7 tracking-[-0.018em] text-pretty">
        {t.rich('any', { earliest: moment(earliest), latest: moment(latest), b: strong })}
      </p>
      <p className="mt-0.5 text-muted">{risk}</p>
    </>
  )
}

function NoWindow({ earliest, isSeen }: { earliest: Date | null; isSeen: boolean }) {
  const t = useTranslations('restore.window')
  const moment = useMoments()
  const state = !isSeen ? 'unknown' : earliest ? 'onlySets' : 'none'
  return (
    <>
      <p className="text-xl/7 tracking-[-0.018em] text-pretty">{t(state)}</p>
      <p className="mt-0.5 max-w-[72ch] text-pretty text-muted">
        {t(`${state}Text`, { earliest: earliest ? moment(earliest) : '' })} <TextLink href="/">{t('toOverview')}</TextLink>
      </p>
    </>
  )
}

function LeftBranch({ window: { timeline, earliest, latest } }: { window: RecoveryWindow }) {
  const t = useTranslations('restore.window')
  const moment = useMoments()
  return earliest && latest && (
    <p className="mt-1 text-compact text-muted">
      {t.rich('branch', { timeline, earliest: moment(earliest), latest: moment(latest), b: strong })}
    </p>
  )
}

function GapLine({ gap: { repo, first, last, from, to } }: { gap: Gap }) {
  const t = useTranslations('restore.window')
  const moment = useMoments()
  const kind = from && to ? 'gap' : from ? 'gapOpen' : to ? 'gapBefore' : 'gapUnknown'
  return (
    <li className="grid max-w-[80ch] grid-cols-[16px_minmax(0,1fr)] gap-2">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 text-warn" />
      <div>
        {t.rich(kind, { from: from ? moment(from) : '', to: to ? moment(to) : '', b: strong })}
        <span className="block font-mono text-meta [overflow-wrap:anywhere]">
          {first === last ? t('gapSegment', { repo, first }) : t('gapSegments', { repo, first, last })}
        </span>
      </div>
    </li>
  )
}

function CheckArchive({ view }: { view: RestoreView }) {
  const t = useTranslations('restore')
  const { may, actions } = useAccess()
  const { press, busy, error, done } = usePress(actions.checkArchive)
  if (!may.check) return null
  return (
    <div className="grid content-start gap-2 md:w-60">
      <GuardedButton
        busy={busy}
        reason={view.isWorkerAlive ? null : t('blocked.worker')}
        note={done ? undefined : t('window.checkHint')}
        onClick={() => press({})}
      >
        {t('window.check')}
      </GuardedButton>
      {done && (
        <p role="status" className="text-meta text-pretty">
          {t.rich('window.checking', { id: done.jobId, link: jobLink(done.jobId) })}
        </p>
      )}
      <Refusal words={error?.message} />
    </div>
  )
}
