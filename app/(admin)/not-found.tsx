import { NotFoundState } from '@/components/shell/not-found-state'
import { PageHeader } from '@/components/shell/page-header'
import { translator } from '@/lib/i18n'

export default function PageNotFound() {
  return (
    <>
      <PageHeader title={translator('shell')('section')} />
      <NotFoundState />
    </>
  )
}
