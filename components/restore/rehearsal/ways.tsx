'use client'

import { useState } from 'react'
import { Sheet } from '@/components/ui/sheet'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import type { Comparison, Gone } from '@/lib/restore/comparison/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { RescueLink, RescueWay } from './rescue-way'
import type { Selection } from './selection'
import { SwitchWay } from './switch-way'

type WaysProps = { rehearsal: Rehearsal; comparison: Comparison; gone: Gone | undefined; selection: Selection; view: RestoreView }

/** The two ways back. Rows one by one come first while they are few: that way nothing is given up. */
export function Ways({ rehearsal, comparison, gone, selection, view }: WaysProps) {
  const t = useTranslations('rehearsal')
  const [isOpen, setOpen] = useState(false)
  const hasFew = selection.isFew && gone !== undefined && gone.rows.length > 0
  const showsRows = gone !== undefined && gone.rows.length > 0 && (hasFew || isOpen)
  const rescue = showsRows && (
    <RescueWay comparison={comparison} gone={gone} selection={selection} view={view} />
  )
  const link = gone && !showsRows && <RescueLink gone={gone} onOpen={() => setOpen(true)} />
  const isWide = showsRows && 'divide-y lg:divide-x lg:divide-y-0'
  return (
    <Sheet
      label={t('ways')}
      className={cn('grid', isWide, hasFew ? 'lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]' : showsRows && 'lg:grid-cols-[minmax(0,1fr)_minmax(0,1.45fr)]')}
    >
      {hasFew && rescue}
      <SwitchWay rehearsal={rehearsal} comparison={comparison} gone={gone} view={view} isFirst={!hasFew} link={link} />
      {!hasFew && rescue}
    </Sheet>
  )
}
