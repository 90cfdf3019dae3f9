'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import { refusalText } from '@/lib/restore/refusal'
import type { PlanRefusal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useTimes } from '../timeline/words'
import type { SetMoment } from '../use-moment'
import type { TargetChoice } from './use-target'

type UnreachableProps = { refusal: PlanRefusal; target: TargetChoice; view: RestoreView; setAt: SetMoment }

/** Why it cannot be restored, and what can: the moment itself stays as it was chosen. */
export function Unreachable({ refusal, target, view, setAt }: UnreachableProps) {
  const t = useTranslations('picker.plan')
  const format = useFormat()
  const timeline = refusal.code === 'on-dead-branch' ? Number(refusal.params.timeline) : null
  return (
    <div className="grid gap-3">
      <p className="text-pretty">{refusalText(refusal, format)}</p>
      <Nearest target={target} view={view} setAt={setAt} />
      {timeline !== null && (
        <Button className="justify-self-start" onClick={() => target.choose({ timeline })}>
          {t('chooseTimeline', { timeline })}
        </Button>
      )}
      {refusal.code === 'not-on-timeline' && (
        <Button className="justify-self-start" onClick={() => target.choose({ timeline: null })}>
          {t('chooseLive')}
        </Button>
      )}
    </div>
  )
}

/** The last second before it and the first after it that can be restored. */
function Nearest({ target: { draft: { type, moment } }, view, setAt }: Omit<UnreachableProps, 'refusal'>) {
  const t = useTranslations('picker.plan')
  const times = useTimes()
  if (type !== 'time' || !('at' in moment)) return null
  const reach = reachabilityAt(new Date(moment.at), view)
  if (reach.ok) return null
  const offers = [{ name: 'lastBefore', at: reach.nearestBefore }, { name: 'firstAfter', at: reach.nearestAfter }] as const
  return (
    <ul className="grid gap-2">
      {offers.map(({ name, at }) => at && (
        <li key={name}>
          <Button className="w-full justify-between gap-3" onClick={() => setAt(at)}>
            {times.dayTime(at)}
            <span className="text-meta font-normal">{t(name)}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}
