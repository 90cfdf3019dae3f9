import { DatabaseZap, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { useTimes } from './words'
import type { Stage } from './use-stage'

/** What of the drawing is missing or old, and why. */
export function Notices({ stage: { pieces, drawing } }: { stage: Stage }) {
  const t = useTranslations('timeline')
  const { second } = useTimes()
  const { drawn } = pieces
  const { reading, readAt } = drawn ?? drawing.whole
  const remembered = readAt === null ? '' : second(new Date(readAt))
  return (
    <>
      {pieces.isError && (
        <Notice icon={<RotateCw aria-hidden />}>
          {t('failed.part')}{' '}
          <Button size="sm" className="ml-2" onClick={pieces.retry}>{t('failed.retry')}</Button>
        </Notice>
      )}
      {reading !== 'ok' && <Notice icon={<DatabaseZap aria-hidden />}>{t(`reading.${reading}`, { has: remembered ? 'old' : 'none', time: remembered })}</Notice>}
    </>
  )
}

function Notice({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p role="status" className="mx-3.5 mt-2 flex items-center gap-2 text-compact text-pretty text-warn md:mx-5 [&>svg]:size-4 [&>svg]:shrink-0">
      {icon}
      <span>{children}</span>
    </p>
  )
}
