'use client'

import { useTranslations } from 'use-intl'
import { ErrorScreen } from '@/components/shell/error-screen'
import { PageHeader } from '@/components/shell/page-header'
import { Sheet } from '@/components/ui/sheet'

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('shell')
  return (
    <>
      <PageHeader title={t('section')} />
      <Sheet>
        <ErrorScreen error={error} retry={retry} />
      </Sheet>
    </>
  )
}
