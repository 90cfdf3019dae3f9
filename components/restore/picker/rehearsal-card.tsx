'use client'

import { ArrowRight, ChevronsRight } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import type { RestoreView } from '@/lib/restore/view/schema'
import { strong } from '../text-link'
import { usePoint } from '../use-point'

/** The copy beside the shop, while it is made and once it can be looked at. */
export function RehearsalCard({ view: { rehearsal, jobs } }: { view: RestoreView }) {
  const t = useTranslations('picker.card')
  const format = useFormat()
  const now = useNow(60_000)
  const point = usePoint()
  const isStarting = jobs.some(({ kind }) => kind === 'rehearse')
  if (!rehearsal && !isStarting) return null
  const isMaking = isStarting || rehearsal?.status === 'preparing'
  const state = isMaking ? 'preparing' : rehearsal?.status === 'failed' ? 'failed' : 'ready'
  return (
    <Sheet label={t('label')} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-then/35 bg-linear-to-r from-then/5 to-then/5 px-4 py-3 md:px-5">
      <ChevronsRight aria-hidden className="size-4 shrink-0 text-then max-md:hidden" />
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-pretty">{rehearsal ? t.rich(state, { point: point(rehearsal.target), b: strong }) : t('starting')}</p>
        {rehearsal && (
          <p className="text-meta">
            {t('by', { name: rehearsal.actorName, ago: format.ago(rehearsal.createdAt, now), until: format.until(rehearsal.expiresAt, now) })}
          </p>
        )}
      </div>
      <Button asChild variant="secondary">
        <Link href={'/restore/rehearsal' as Route}>
          {t(isMaking ? 'follow' : 'look')}
          <ArrowRight aria-hidden />
        </Link>
      </Button>
    </Sheet>
  )
}
