import { env } from '@/lib/env'
import { translator } from '@/lib/i18n'
import { logger } from '@/lib/logger'
import { coloursOf } from './rules'
import { type AppSettings, type Looks, appSettingsSchema } from './schema'

/** Asked again after so long; meanwhile, and while SaleSpider does not answer, what it said last is good. */
const FRESH_MS = 20_000
const PATIENCE_MS = 1_000
const MAX_LENGTH = 100_000

type Known = { url: string; askedAt: number; settings: AppSettings; asking: Promise<void> | null; hasAnswered: boolean; isSilent: boolean }
// Kept on globalThis: while developing, modules are loaded again and again.
const shared = globalThis as typeof globalThis & { dashboardShopSettings?: Known }

/** What SaleSpider says of itself; empty where it was never reached, or has no part in this. Only the first time waits. */
export async function getAppSettings(now = Date.now()): Promise<AppSettings> {
  const url = env().SALESPIDER_URL
  if (!url) return {}
  if (shared.dashboardShopSettings?.url !== url) {
    shared.dashboardShopSettings = { url, askedAt: 0, settings: {}, asking: null, hasAnswered: false, isSilent: false }
  }
  const known = shared.dashboardShopSettings
  if (!known.asking && now - known.askedAt >= FRESH_MS) {
    known.askedAt = now
    known.asking = ask(known).finally(() => { known.asking = null })
  }
  if (!known.hasAnswered) await known.asking
  return known.settings
}

async function ask(known: Known): Promise<void> {
  try {
    const answer = await fetch(`${known.url.replace(/\/$/, '')}/api/settings`, {
      cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS), headers: { Accept: 'application/json' },
    })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    const text = await answer.text()
    if (text.length > MAX_LENGTH) throw new Error('the answer is too long to be settings')
    known.settings = appSettingsSchema.parse(JSON.parse(text))
    known.hasAnswered = true
    known.isSilent = false
  } catch (error) {
    if (!known.isSilent) logger.warn({ error: String(error) }, 'SaleSpider’s settings could not be read')
    known.isSilent = true
  }
}

/** As SaleSpider looks; `name` is what to call it where it says nothing. */
export async function getLooks(name = translator('shell')('product')): Promise<Looks> {
  const { appName = name, appLogo = null, primaryColor } = await getAppSettings()
  return { name: appName, logo: appLogo, css: primaryColor ? coloursOf(primaryColor) : '' }
}

/** The other site that the logo comes from; null where it is our own. */
export async function findLogoOrigin(): Promise<string | null> {
  const { appLogo } = await getAppSettings()
  return appLogo?.startsWith('http') ? new URL(appLogo).origin : null
}
