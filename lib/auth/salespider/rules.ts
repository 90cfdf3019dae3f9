/**
 * SaleSpider's own sign-in, as far as it is ours to judge. Its cookie `auth_token` is a JWT, HS256 by the bytes of JWT_SECRET;
 * it is read, and never made or extended. What it claims is only where to look: role and access are those of the shop's table.
 */
import { jwtVerify } from 'jose'
import { z } from 'zod'
import { roles } from '../schema'

export const SALESPIDER_COOKIE = 'auth_token'

/** Exactly these: a token of somebody else with the same secret is not SaleSpider's. */
const claimsSchema = z.strictObject({
  id: z.string().min(1).max(100), email: z.email().max(254), name: z.string().max(500), role: z.enum(roles),
  exp: z.number().int(), iat: z.number().int().optional(),
})
export type SaleSpiderClaims = z.infer<typeof claimsSchema>

/** Null for what is forged, expired, unsigned, signed otherwise, or not SaleSpider's. */
export async function readToken(token: string, secret: string, now: Date): Promise<SaleSpiderClaims | null> {
  try {
    const key = new TextEncoder().encode(secret)
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], requiredClaims: ['exp'], currentDate: now })
    return claimsSchema.safeParse(payload).data ?? null
  } catch {
    return null
  }
}

/** A person of the shop, as its own table has them now. */
export const shopUserSchema = z.object({
  id: z.string(), email: z.string(), name: z.string(), password: z.string(), role: z.enum(roles), status: z.string(),
  updatedAt: z.date(), deletedAt: z.date().nullable(),
})
export type ShopUser = z.infer<typeof shopUserSchema>

/** Switched off or deleted people have no access, whatever their token says. */
export function isActive({ status, deletedAt }: Pick<ShopUser, 'status' | 'deletedAt'>): boolean {
  return status === 'ACTIVE' && deletedAt === null
}

/**
 * Whether a restore put this row back, or took it away: then it says less than what was known before. `exchangedAt` is when its
 * person asked for that restore; what SaleSpider wrote since is news, and counts.
 */
export function isRewound(row: Pick<ShopUser, 'updatedAt'> | null, exchangedAt: Date | null): boolean {
  return exchangedAt !== null && (row === null || row.updatedAt <= exchangedAt)
}
