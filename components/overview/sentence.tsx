'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { reasonValues } from '@/components/health/reason-values'
import { spanWords } from '@/components/health/spans'
import { stateMarks } from '@/components/health/state-mark'
import { cn } from '@/lib/cn'
import type { Overview, Reason } from '@/lib/health/schema'
import { archiveLag } from './archive-lag'
import { BACKUPS_ID, CHECKS_ID, EvidenceLink, REPOSITORIES_ID, setHref } from './evidence-link'

type Chunks = (chunks: ReactNode) => ReactNode
const linkTo = (href: string): Chunks => function Evidence(chunks) {
  return <EvidenceLink href={href}>{chunks}</EvidenceLink>
}

/** The verdict as one sentence. Each number in it leads to its evidence; muted is what is known besides. */
export function Sentence({ overview, stale }: { overview: Overview; stale: Date | null }) {
  const t = useTranslations('overview')
  const state = stale ? 'unknown' : overview.verdict.state
  const { Icon, ink } = stateMarks[state]
  return (
    <p className="text-[23px] leading-8 font-medium tracking-[-0.026em] text-pretty md:text-verdict md:leading-[38px]">
      <strong className={cn('font-semibold', ink)}>
        <Icon aria-hidden className="mr-1.5 inline size-[22px] align-[-3px] md:mr-2 md:size-[26px] md:align-[-4px]" />
        {t('say.state', { state: t(`state.${state}`) })}
      </strong>{' '}
      {stale ? <NoAnswer overview={overview} since={stale} /> : <Consequence overview={overview} />}
    </p>
  )
}

/** The page itself hears nothing: whatever it last read is no verdict of now. */
function NoAnswer({ overview, since }: { overview: Overview; since: Date }) {
  const t = useTranslations('overview')
  const format = useFormat()
  const last = overview.verdict.lastKnown?.state ?? overview.verdict.state
  return t.rich('say.noAnswer', {
    time: format.time(since, { seconds: true }), state: t(`stateInline.${last}`), checks: linkTo(`#${CHECKS_ID}`),
  })
}

function Consequence({ overview }: { overview: Overview }) {
  const { state, reasons } = overview.verdict
  const [worst] = reasons
  if (state === 'protected' || !worst) return <AllIsWell overview={overview} />
  if (state === 'not-yet' && worst.code === 'no-set') return <NotYet overview={overview} />
  return (
    <>
      <ReasonSentence reason={worst} overview={overview} /> <Besides overview={overview} worst={worst} />
    </>
  )
}

function AllIsWell({ overview }: { overview: Overview }) {
  const t = useTranslations('overview')
  const format = useFormat()
  const now = useNow()
  const { newest, cluster } = overview
  if (!newest) return null
  const lag = archiveLag(cluster, now)
  return t.rich('say.protected', {
    when: format.moment(newest.stoppedAt, now, { inline: true }),
    archive: lag.kind,
    span: spanWords(t, lag.milliseconds),
    set: linkTo(setHref(newest)),
    archiveLink: linkTo(`#${CHECKS_ID}`),
  })
}

function NotYet({ overview }: { overview: Overview }) {
  const t = useTranslations('overview')
  const check = overview.verdict.checks.find(({ id }) => id === 'archive')
  const reaches = check?.status === 'ok' && overview.cluster?.archiver?.lastArchivedAt
  return t.rich('say.notYet', { archive: reaches ? 'yes' : 'no', set: linkTo('/history') })
}

export function ReasonSentence({ reason, overview }: { reason: Reason; overview: Overview }) {
  const t = useTranslations('overview')
  const format = useFormat()
  const now = useNow()
  return t.rich(`reason.${reason.code}.say`, {
    ...reasonValues(reason, { t, format, now, overview }),
    checks: linkTo(`#${CHECKS_ID}`),
    repositories: linkTo(`#${REPOSITORIES_ID}`),
    schedule: linkTo(`#${BACKUPS_ID}`),
    set: linkTo('label' in reason ? setHref(reason) : '/history'),
    job: linkTo('jobId' in reason ? `/jobs/${reason.jobId}` : '/history/jobs'),
  })
}

/** What still stands, said in muted words. */
function Besides({ overview, worst }: { overview: Overview; worst: Reason }) {
  const t = useTranslations('overview')
  const format = useFormat()
  const now = useNow()
  const { newest, verdict: { lastKnown } } = overview
  const when = (at: Date) => format.moment(at, now, { inline: true })
  const words = () => {
    if (lastKnown) return t('say.lastKnown', { time: format.time(lastKnown.at), state: t(`stateInline.${lastKnown.state}`) })
    if (worst.code === 'archive-failing' && worst.since) return t('say.archivedUntil', { when: when(worst.since) })
    if (!newest || worst.code === 'set-too-old') return null
    return t.rich('say.newest', { when: when(newest.stoppedAt), set: linkTo(setHref(newest)) })
  }
  return <span className="font-normal text-muted">{words()}</span>
}
