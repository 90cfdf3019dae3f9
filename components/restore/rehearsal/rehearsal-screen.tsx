'use client'

import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useNow } from '@/components/format-provider'
import { StaleNote } from '@/components/jobs/stale-note'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import { exclusiveKinds } from '@/lib/jobs/rules'
import type { RehearsalStory } from '@/lib/restore/rehearsal/story/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { type Access, AccessProvider, type RestoreActions } from '../access'
import { FailureNote } from '../failure-note'
import { type RescueAccess, RescueAccessProvider } from '../rescue/access'
import { useRestore } from '../restore-query'
import { TextLink } from '../text-link'
import { AgainButton, EndedNote, MovedNote } from './changed-under'
import { DiscardButton, thenInk } from './head'
import { JobProgress } from './job-progress'
import { Making } from './making'
import { momentOf, usePointWords } from './moment-words'
import { MoveSheet } from './move-sheet'
import { NoRehearsal } from './no-rehearsal'
import { useStory } from './queries'
import { ReadyRehearsal } from './ready'

type RehearsalScreenProps = { rendered: RestoreView; story: RehearsalStory; access: Access; rescueAccess: RescueAccess }

/** The copy beside the shop, in whatever state it is, and whoever changes it meanwhile. */
export function RehearsalScreen({ rendered, story: told, access, rescueAccess }: RehearsalScreenProps) {
  const { view, stale } = useRestore(rendered, useNow())
  const story = useStory(told, view)
  const { own, actions } = useOwnJobs(access.actions)
  return (
    <AccessProvider value={useMemo(() => ({ may: access.may, actions }), [access.may, actions])}>
      <RescueAccessProvider value={rescueAccess}>
        <BackLink />
        {stale && <StaleNote since={stale} />}
        <div className={cn('grid grid-cols-[minmax(0,1fr)] gap-3 md:gap-4', stale && '[&>*]:opacity-60')}>
          <ChangedUnder view={view} story={story} own={own} />
          <FailureNote view={view} />
          <Exchanging view={view} />
          <Current view={view} story={story} own={own} />
        </div>
      </RescueAccessProvider>
    </AccessProvider>
  )
}

/** The header names the way back only where it has room for it. */
function BackLink() {
  const t = useTranslations('rehearsal')
  return (
    <p className="-mb-1 text-compact md:hidden">
      <TextLink href="/restore">← {t('back')}</TextLink>
    </p>
  )
}

/** Jobs that were asked for in this window: what they change is no surprise. */
function useOwnJobs(given: RestoreActions): { own: ReadonlySet<string>; actions: RestoreActions } {
  const [own, setOwn] = useState<ReadonlySet<string>>(new Set())
  const actions = useMemo((): RestoreActions => {
    const noted = <I,>(act: (input: I) => ReturnType<RestoreActions['rehearse']>) => async (input: I) => {
      const result = await act(input)
      if (result.ok) setOwn((before) => new Set([...before, result.data.jobId]))
      return result
    }
    return { ...given, rehearse: noted(given.rehearse), discardRehearsal: noted(given.discardRehearsal), switchToPoint: noted(given.switchToPoint) }
  }, [given])
  return { own, actions }
}

type PartProps = { view: RestoreView; story: RehearsalStory; own: ReadonlySet<string> }

const targetOf = (rehearsal: Rehearsal) => JSON.stringify([rehearsal.id, rehearsal.target])

/** Against what was on the page when it was opened, or was asked for here since. */
function ChangedUnder({ view, story, own }: PartProps) {
  const current = view.rehearsal
  const [seen, setSeen] = useState(current)
  const isExpected = current !== null && (seen === null || own.has(current.jobId ?? ''))
  if (isExpected && (seen === null || targetOf(seen) !== targetOf(current))) setSeen(current)
  const { ended } = story
  if (!current) return ended && (seen === null || ended.id === seen.id) ? <EndedNote ended={ended} view={view} isSurprise={seen !== null && !own.has(ended.jobId ?? '')} /> : null
  if (!seen || targetOf(seen) === targetOf(current) || current.status === 'preparing') return null
  if (seen.id !== current.id) return null
  return <MovedNote from={seen} to={current} by={story.madeBy} view={view} onStay={() => setSeen(current)} />
}

function Current({ view, story, own }: PartProps) {
  const { rehearsal, jobs } = view
  const making = jobs.find(({ kind }) => kind === 'rehearse')
  const removing = jobs.find(({ kind }) => kind === 'discard')
  return (
    <>
      {removing && <Removing job={removing} />}
      {making && <Making job={making} rehearsal={rehearsal} isOwn={own.has(making.id)} />}
      {!rehearsal && !making && <NoRehearsal />}
      {rehearsal?.status === 'failed' && <Failed rehearsal={rehearsal} view={view} />}
      {rehearsal?.status === 'ready' && <ReadyRehearsal key={`${rehearsal.id} ${rehearsal.jobId}`} rehearsal={rehearsal} story={story} view={view} />}
    </>
  )
}

function Removing({ job }: { job: RestoreView['jobs'][number] }) {
  const t = useTranslations('rehearsal.removing')
  return (
    <Sheet label={t('title')} className="grid gap-3 px-4 py-3.5 md:px-5">
      <h2 role="status" className="text-section">{t('title')}</h2>
      <JobProgress job={job} label={t('title')} />
    </Sheet>
  )
}

/** The shop itself is being exchanged: that has a page of its own. */
function Exchanging({ view }: { view: RestoreView }) {
  const t = useTranslations('rehearsal.exchanging')
  const job = view.jobs.find(({ kind }) => exclusiveKinds.includes(kind))
  if (!job) return null
  return (
    <Sheet as="div" className="px-4 py-3.5 md:px-5">
      <p role="status" className="text-pretty">
        {t('by', { name: job.actorName, kind: job.kind === 'switch' ? 'switch' : job.kind === 'undo' ? 'undo' : 'other' })}{' '}
        <TextLink href={`/restore/exchange/${job.id}`}>{t('follow')}</TextLink>
      </p>
    </Sheet>
  )
}

/** It could not be moved: its files are still there. */
function Failed({ rehearsal, view }: { rehearsal: Rehearsal; view: RestoreView }) {
  const t = useTranslations('rehearsal.failed')
  const point = usePointWords()
  const moment = momentOf(rehearsal)
  return (
    <>
      <section className="flex flex-wrap items-end gap-x-6 gap-y-3 pb-1">
        <div className="min-w-0 flex-1 basis-[24rem]">
          <p className="text-xl/7 tracking-[-0.018em] text-pretty">{t.rich('title', { point: point(rehearsal), then: thenInk })}</p>
          <p className="mt-0.5 text-pretty text-muted">{t('text')}</p>
        </div>
        <div className="flex flex-wrap items-start gap-2">
          <AgainButton point={rehearsal} view={view} moves={rehearsal.id} />
          <DiscardButton rehearsal={rehearsal} view={view} />
        </div>
      </section>
      {moment && <MoveSheet rehearsal={rehearsal} moment={moment} view={view} />}
    </>
  )
}
