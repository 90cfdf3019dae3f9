import { z } from 'zod'

/** The shop's own settings, from SaleSpider's "AppSettings"; its defaults where the shop has none. */
export const shopProfileSchema = z.object({
  name: z.string().default('SaleSpider'),
  timeZone: z.string().default('Africa/Lagos'),
  dateFormat: z.enum(['dd/MM/yyyy', 'MM/dd/yyyy', 'yyyy-MM-dd', 'dd-MM-yyyy', 'MM-dd-yyyy']).catch('dd/MM/yyyy').default('dd/MM/yyyy'),
  timeFormat: z.enum(['HH:mm', 'hh:mm a']).catch('HH:mm').default('HH:mm'),
  language: z.string().default('en'),
  currency: z.string().default('NGN'),
  currencySymbol: z.string().default('₦'),
})
export type ShopProfile = z.infer<typeof shopProfileSchema>
