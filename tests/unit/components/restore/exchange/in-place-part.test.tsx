import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { FormatProvider } from '@/components/format-provider'
import { type Access, AccessProvider } from '@/components/restore/access'
import { InPlacePart } from '@/components/restore/exchange/in-place-part'
import { LOCALE, messages } from '@/lib/i18n'
import type { PlanDetails } from '@/lib/restore/plan/schema'
import type { RestorePlan } from '@/lib/restore/schema'
import { restoreView } from '../view'

const access: Access = {
  may: new Proxy({}, { get: () => true }) as Access['may'], actions: new Proxy({}, { get: () => async () => null }) as Access['actions'],
}
const wish = { target: { type: 'latest' } } as const
const plan: RestorePlan = {
  repo: 1, label: '20261124-010003F', chain: ['20261124-010003F'], target: wish.target, timeline: 1, time: null, segments: 3, databaseSize: 1e9,
  isOnLiveLineage: true,
}
const room: PlanDetails = { chain: [], from: null, to: null, needed: 1e9, free: 9e9 }

function render(details: PlanDetails, isShopLost = false): string {
  const answer = { plan, details }
  const markup = renderToStaticMarkup(
    <IntlProvider locale={LOCALE} messages={messages} timeZone="UTC">
      <QueryClientProvider client={new QueryClient()}>
        <FormatProvider options={{ timeZone: 'UTC', dateFormat: 'dd/MM/yyyy', timeFormat: 'HH:mm', locale: LOCALE }} now={new Date('2026-11-24T16:20:00Z')}>
          <AccessProvider value={access}>
            <InPlacePart
              view={restoreView({ isShopLost })}
              read={{ wish, problem: null }}
              asked={{ answer, last: answer, isAsking: false, isError: false }}
            />
          </AccessProvider>
        </FormatProvider>
      </QueryClientProvider>
    </IntlProvider>,
  )
  return markup
}

describe('restoring in place', () => {
  it('is folded away where there is room for a copy', () => {
    expect(render(room)).toMatch(/<details.*No room for a second copy\?.*An incremental backup into repository 1 is taken first/s)
  })

  it('stands open, with what would be better, where there is none', () => {
    const markup = render({ ...room, free: 5e8 })
    expect(markup).not.toContain('<details')
    expect(markup).toMatch(/No room for a copy: 1\.0\sGB needed, 500\sMB free.*Rather discard the rehearsal/s)
  })

  it('is the way back, and takes nothing away, where no shop runs yet', () => {
    const markup = render({ ...room, free: 5e8 }, true)
    expect(markup).not.toContain('<details')
    expect(markup).toMatch(/No shop runs on this host yet\..*the old host is switched off/s)
    expect(markup).not.toMatch(/incremental backup|there is no undo|No room/)
    expect(markup).toContain('Restore in place</button>')
  })
})
