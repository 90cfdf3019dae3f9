import { NotFoundState } from '@/components/shell/not-found-state'
import { translator } from '@/lib/i18n'

export default function NotFound() {
  return (
    <main className="mx-auto max-w-160 px-4 pt-24">
      <h1 className="sr-only">{translator('shell')('title')}</h1>
      <NotFoundState />
    </main>
  )
}
