'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { RestorePlan, RestoreWish } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { blockedReason } from './blocked'
import { ConfirmDialog } from './confirm-dialog'
import { estimateOf } from './estimate'
import { Fact, Facts } from './facts'
import type { AskedPlan } from './restore-query'
import { RunningBackup } from './switch-dialog'
import type { DraftRead } from './target-draft'
import { strong } from './text-link'
import { useBlockedWords } from './use-blocked-words'
import { usePoint } from './use-point'

type InPlacePartProps = { view: RestoreView; read: DraftRead; asked: AskedPlan }

/** The way without a second copy, told plainly: it is for those who have no other. */
export function InPlacePart({ view, read, asked }: InPlacePartProps) {
  const t = useTranslations('restore.inPlace')
  const point = usePoint()
  const words = useBlockedWords()
  const { may } = useAccess()
  if (!may.inPlace) return null
  const reason = words(blockedReason({ mayDo: true, view, target: { read, asked } }))
  const plan = asked.answer && 'plan' in asked.answer ? asked.answer.plan : null
  return (
    <details className="group">
      <summary
        className={cn(
          'inline-flex list-none items-center gap-1.5 text-muted hover:text-foreground',
          '[&::-webkit-details-marker]:hidden',
        )}
      >
        <ChevronRight aria-hidden className="size-4 group-open:rotate-90" />
        {t('open')}
      </summary>
      <div className="mt-2 grid max-w-[80ch] justify-items-start gap-2.5 pl-5.5">
        <p className="text-pretty">{t('text')}</p>
        <ul className="grid list-disc gap-1 pl-5 marker:text-faint">
          {(['closed', 'safety', 'noUndo'] as const).map((part) => (
            <li key={part} className="text-pretty">
              {t(part)}
            </li>
          ))}
        </ul>
        {read.wish && <p>{t.rich('to', { point: point(read.wish.target), b: strong })}</p>}
        {read.wish && plan && !reason ? (
          <InPlaceDialog wish={read.wish} plan={plan} view={view} />
        ) : (
          <p className="text-meta">{reason}</p>
        )}
      </div>
    </details>
  )
}

function InPlaceDialog({ wish, plan, view }: { wish: RestoreWish; plan: RestorePlan; view: RestoreView }) {
  const t = useTranslations('restore.inPlace')
  const words = useTranslations('restore.switch')
  const format = useFormat()
  const point = usePoint()
  const { actions } = useAccess()
  const estimate = estimateOf(plan, view.estimate)
  return (
    <ConfirmDialog
      trigger={{ label: t('label'), variant: 'danger' }}
      title={t('title', { point: point(wish.target) })}
      text={t('dialogText')}
      confirmLabel={t('label')}
      stanza={view.stanza}
      act={(confirmation) => actions.restoreInPlace({ ...confirmation, wish })}
    >
      <Facts>
        <Fact name={t('lost')}>{t('lostIs')}</Fact>
        <Fact name={t('closedFor')} note={words('stale')}>
          {estimate ? t('closedAbout', { duration: format.duration(estimate.total) }) : t('closedUnknown')}
        </Fact>
      </Facts>
      <RunningBackup view={view} />
    </ConfirmDialog>
  )
}
