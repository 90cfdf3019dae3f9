import { z } from 'zod'

/** A compose file passes what is not set as an empty string. */
const unset = (value: unknown) => (value === '' ? undefined : value)

const envSchema = z.object({
  /** the shop's database, as the owner of its tables */
  DATABASE_URL: z.string().min(1),
  /** MB the shop's database is to have; without it four months of trade, about 60 MB */
  DEMO_SIZE: z.preprocess(unset, z.coerce.number().positive().optional()),
  /** mean seconds between two live sales; 0 for none */
  DEMO_TRAFFIC: z.preprocess(unset, z.coerce.number().min(0).default(4)),
})

/** Throws a ZodError that names what is wrong. */
export const readEnv = () => envSchema.parse(process.env)
