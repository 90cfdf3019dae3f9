'use client'

import { Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import type { RehearsalStory } from '@/lib/restore/rehearsal/story/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { blockedReason } from '../blocked'
import { Refusal } from '../guarded-button'
import { jobLink } from '../text-link'
import { useBlockedWords } from '../use-blocked-words'
import { usePress } from '../use-press'
import { momentOf, useDayWords, usePointWords } from './moment-words'

const SOON_MS = 15 * 60_000

export const thenInk = (chunks: ReactNode) => <b className="font-semibold whitespace-nowrap text-then">{chunks}</b>

type HeadProps = { rehearsal: Rehearsal; story: RehearsalStory; view: RestoreView }

/** What is open, and for how long; and the way to be rid of it. */
export function RehearsalHead({ rehearsal, story, view }: HeadProps) {
  const t = useTranslations('rehearsal.head')
  const point = usePointWords()
  return (
    <section aria-label={t('label')} className="flex flex-wrap items-end gap-x-6 gap-y-3 pb-1">
      <div className="min-w-0 flex-1 basis-[24rem]">
        <p className="text-xl/7 tracking-[-0.018em] text-pretty">{t.rich('ready', { point: point(rehearsal), then: thenInk })}</p>
        <CopyFacts rehearsal={rehearsal} story={story} />
      </div>
      <DiscardButton rehearsal={rehearsal} view={view} />
    </section>
  )
}

function CopyFacts({ rehearsal, story }: Pick<HeadProps, 'rehearsal' | 'story'>) {
  const t = useTranslations('rehearsal.head')
  const format = useFormat()
  const now = useNow(10_000)
  const day = useDayWords()
  const at = momentOf(rehearsal)
  const { expiresAt, size, jobId, actorName } = rehearsal
  const isSoon = expiresAt.getTime() - now.getTime() < SOON_MS
  return (
    <>
      <p className="mt-0.5 text-pretty text-muted">
        {at ? t('copyOf', { day: day(at), ago: format.ago(at, now) }) : t('copy')}{' '}
        {story.readyIn !== null && `${t('readyIn', { duration: format.duration(story.readyIn) })} `}
        <span className={isSoon ? 'font-medium text-warn' : undefined}>
          {isSoon ? t('expiresSoon', { span: format.until(expiresAt, now) }) : t('expires', { moment: format.moment(expiresAt, now, { inline: true }) })}
        </span>
      </p>
      <p className="text-meta">
        {jobId && t.rich('madeBy', { name: story.madeBy ?? actorName, id: jobId, link: jobLink(jobId) })}{' '}
        {size !== null && t('size', { size: format.bytes(size) })}
      </p>
    </>
  )
}

/** Says beforehand what goes and what stays. */
export function DiscardButton({ rehearsal, view }: { rehearsal: Rehearsal; view: RestoreView }) {
  const t = useTranslations('rehearsal.head')
  const { may, actions } = useAccess()
  const words = useBlockedWords()
  const { press, busy, error } = usePress(actions.discardRehearsal)
  if (!may.rehearse) return null
  const reason = words(blockedReason({ mayDo: true, view }))
  return (
    <div className="grid gap-1.5 max-md:w-full md:justify-items-end">
      <Tooltip>
        <TooltipTrigger asChild>
          <Button
            variant="danger" busy={busy} disabled={reason !== null} onClick={() => press({ rehearsal: rehearsal.id })}
            aria-description={t('discardNote')} className="max-md:justify-self-start"
          >
            <Trash2 aria-hidden />
            {t('discard')}
          </Button>
        </TooltipTrigger>
        <TooltipContent>{t('discardNote')}</TooltipContent>
      </Tooltip>
      {reason && <p className="max-w-72 text-meta text-pretty md:text-right">{reason}</p>}
      <Refusal words={error?.message} />
    </div>
  )
}
