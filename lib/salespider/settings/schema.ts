import { z } from 'zod'
import { shopProfileSchema } from '../schema'
import { isTimeZone } from './rules'

const { dateFormat, timeFormat } = shopProfileSchema.shape

/** What cannot be used counts as not said, each part by itself. */
const part = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const text = z.string().trim().min(1).max(100)

/** What SaleSpider answers at GET /api/settings, as far as it concerns us. */
export const appSettingsSchema = z.object({
  appName: part(text),
  /** Of another site, or a path of SaleSpider's own */
  appLogo: part(z.union([z.url({ protocol: /^https?$/ }).max(2_000), z.string().max(2_000).regex(/^\/(?![/\\])[^\s\\]*$/)])),
  /** #rgb or #rrggbb */
  primaryColor: part(z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i)),
  currency: part(text),
  currencySymbol: part(text),
  timezone: part(z.string().refine(isTimeZone)),
  dateFormat: part(dateFormat.unwrap().unwrap()),
  timeFormat: part(timeFormat.unwrap().unwrap()),
  language: part(text),
})
export type AppSettings = z.infer<typeof appSettingsSchema>

/** How the dashboard looks: `css` is of custom properties, empty where the colours are our own. */
export type Looks = { name: string; logo: string | null; css: string }
