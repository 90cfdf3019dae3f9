import { cache } from 'react'
import { db, stanzaName } from '@/lib/dashboard-db'
import { type Format, type FormatOptions, createFormat } from '@/lib/format'
import { LOCALE } from '@/lib/i18n'
import { type ShopProfile, shopProfileSchema } from './schema'

/** The shop as the worker last read it, SaleSpider's defaults before that; once per request. */
export const getShopProfile = cache(async (): Promise<ShopProfile> => {
  const stanza = await db().stanza.findUnique({ where: { name: stanzaName() }, select: { shop: true } })
  return shopProfileSchema.parse(stanza?.shop ?? {})
})

export async function getFormatOptions(): Promise<FormatOptions> {
  const { timeZone, dateFormat, timeFormat } = await getShopProfile()
  return { timeZone, dateFormat, timeFormat, locale: LOCALE }
}

/** The shop's formats, for what renders on the server; client components use `useFormat`. */
export async function getFormat(): Promise<Format> {
  return createFormat(await getFormatOptions())
}
