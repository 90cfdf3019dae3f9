'use client'

import { Tabs } from 'radix-ui'
import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import { type Target, targetTypes } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { MomentPanel } from './moment-panel'
import { LatestPanel, LsnPanel, PointPanel, SetPanel, XidPanel } from './target-panels'
import type { TargetChoice } from './use-target'

const order: readonly Target['type'][] = ['time', 'set', 'latest', 'name', 'xid', 'lsn']
const panels = { time: MomentPanel, set: SetPanel, latest: LatestPanel, name: PointPanel, xid: XidPanel, lsn: LsnPanel }

export type PanelProps = { view: RestoreView; target: TargetChoice }

/** Where to: a moment, or one of the other ways to name a point. */
export function PickerSheet({ view, target }: PanelProps) {
  const t = useTranslations('picker.target')
  const { draft, choose } = target
  const Panel = panels[draft.type]
  return (
    <Sheet label={t('title')} className="flex flex-col">
      <Tabs.Root
        value={draft.type}
        onValueChange={(type) => choose({ by: targetTypes.find((one) => one === type) ?? null })}
        className="flex flex-1 flex-col"
      >
        <Tabs.List
          aria-label={t('label')}
          className={cn(
            'flex shrink-0 gap-4 overflow-x-auto overscroll-x-contain border-b px-4 [scrollbar-width:none] md:gap-2.5 md:px-5',
          )}
        >
          {order.map((type) => (
            <Tabs.Trigger
              key={type}
              value={type}
              onFocus={(event) => event.currentTarget.scrollIntoView({ block: 'nearest', inline: 'center' })}
              className={cn(
                'h-11 shrink-0 border-b-2 border-transparent text-compact font-medium whitespace-nowrap text-muted',
                'hover:text-foreground focus-visible:-outline-offset-2',
                'data-[state=active]:border-then data-[state=active]:text-foreground',
              )}
            >
              {t(`type.${type}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {/* Named by the sheet, not by its tab: "Time" is the name of a field in it. */}
        <Tabs.Content
          value={draft.type}
          tabIndex={-1}
          aria-labelledby={undefined}
          aria-label={t('title')}
          className="flex-1 px-4 pt-4 pb-4 outline-none md:px-5"
        >
          <Panel view={view} target={target} />
        </Tabs.Content>
      </Tabs.Root>
    </Sheet>
  )
}
