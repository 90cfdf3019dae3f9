'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import type { Gap, RecoveryWindow } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { Refusal } from './guarded-button'
import { PointDialog } from './point-dialog'
import { TextLink, jobLink, strong } from './text-link'
import { usePress } from './use-press'

/** What can be restored, in one sentence; what cannot, in another. */
export function WindowSection({ view }: { view: RestoreView }) {
  const t = useTranslations('restore.window')
  const [live, ...left] = view.windows
  // One that two branches share is told once.
  const gaps = [...new Map(view.windows.flatMap((window) => window.gaps).map((gap) => [`${gap.repo} ${gap.first}`, gap])).values()]
  return (
    <section aria-label={t('label')} className="flex flex-wrap items-end gap-x-8 gap-y-3 pt-1 pb-1">
      <div className="min-w-0 flex-1 basis-80">
        <Sentence window={live} />
        {!view.isWorkerAlive && <p className="mt-1 text-pretty text-warn">{t('workerAway')}</p>}
        {left.map((window) => (
          <LeftBranch key={window.timeline} window={window} />
        ))}
        <Gaps gaps={gaps} />
      </div>
      <div className="flex flex-wrap gap-2 md:max-w-96 md:justify-end">
        <PointDialog view={view} />
        <CheckArchive view={view} />
      </div>
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
  const now = useNow()
  const moment = useMoments()
  const { earliest = null, latest = null } = window ?? {}
  if (!earliest || !latest) return <NoWindow earliest={earliest} isSeen={window !== undefined} />
  return (
    <p className="text-xl/7 tracking-[-0.018em] text-pretty">
      {t.rich('any', { earliest: moment(earliest), latest: format.ago(latest, now), b: strong })}
    </p>
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

/** Told as one sentence; which segments those are, for who wants to know. */
function Gaps({ gaps }: { gaps: Gap[] }) {
  const t = useTranslations('restore.window')
  const gapWords = useGapWords()
  if (gaps.length === 0) return null
  return (
    <details className="mt-0.5 text-muted">
      <summary className="w-fit list-none text-pretty hover:text-foreground [&::-webkit-details-marker]:hidden">
        {t('except', { count: gaps.length, gaps: gaps.map(gapWords).join(', ') })}{' '}
        <span className="underline decoration-control/50 underline-offset-2">{t('which')}</span>
      </summary>
      <ul className="mt-1.5 grid gap-1 text-meta">
        {gaps.map(({ repo, first, last }) => (
          <li key={`${repo} ${first}`} className="font-mono [overflow-wrap:anywhere]">
            {first === last ? t('gapSegment', { repo, first }) : t('gapSegments', { repo, first, last })}
          </li>
        ))}
      </ul>
    </details>
  )
}

function useGapWords() {
  const t = useTranslations('restore.window')
  const moment = useMoments()
  return ({ from, to }: Gap) => {
    const kind = from && to ? 'gap' : from ? 'gapOpen' : to ? 'gapBefore' : 'gapUnknown'
    return t(kind, { from: from ? moment(from) : '', to: to ? moment(to) : '' })
  }
}

/** Looks for gaps that nobody knows of yet. */
function CheckArchive({ view }: { view: RestoreView }) {
  const t = useTranslations('restore.window')
  const { may, actions } = useAccess()
  const { press, busy, error, done } = usePress(actions.checkArchive)
  if (!may.check) return null
  return (
    <>
      <Tooltip>
        <TooltipTrigger asChild>
          <Button variant="quiet" busy={busy} disabled={!view.isWorkerAlive} className="md:order-first" onClick={() => press({})}>
            {t('check')}
          </Button>
        </TooltipTrigger>
        <TooltipContent>{t('checkHint')}</TooltipContent>
      </Tooltip>
      {done && (
        <p role="status" className="basis-full text-meta text-pretty md:text-right">
          {t.rich('checking', { id: done.jobId, link: jobLink(done.jobId) })}
        </p>
      )}
      <Refusal words={error?.message} className="basis-full" />
    </>
  )
}
