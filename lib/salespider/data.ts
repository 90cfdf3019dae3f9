import { cache } from 'react'
import { db, stanzaName } from '@/lib/dashboard-db'
import { env } from '@/lib/env'
import { type Format, type FormatOptions, createFormat } from '@/lib/format'
import { LOCALE } from '@/lib/i18n'
import { type ShopProfile, shopProfileSchema } from './schema'
import { getAppSettings, getLooks } from './settings/data'
import { profileOf } from './settings/rules'
import type { Looks } from './settings/schema'

/** The shop as SaleSpider says, else as the worker last read it, SaleSpider's defaults before that; once per request. */
export const getShopProfile = cache(async (): Promise<ShopProfile> => {
  const [stanza, settings] = await Promise.all([
    db().stanza.findUnique({ where: { name: stanzaName() }, select: { shop: true } }), getAppSettings(),
  ])
  return profileOf(settings, shopProfileSchema.parse(stanza?.shop ?? {}))
})

export async function getFormatOptions(): Promise<FormatOptions> {
  const { timeZone, dateFormat, timeFormat } = await getShopProfile()
  return { timeZone, dateFormat, timeFormat, locale: LOCALE }
}

/** The shop's formats, for what renders on the server; client components use `useFormat`. */
export async function getFormat(): Promise<Format> {
  return createFormat(await getFormatOptions())
}

/** What the pages are headed by: the shop's own name where the dashboard is a part of SaleSpider. */
export async function getBrand(): Promise<Pick<Looks, 'name' | 'logo'>> {
  const { name, logo } = await getLooks(env().SALESPIDER_URL && (await getShopProfile()).name)
  return { name, logo }
}
