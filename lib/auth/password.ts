import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { type Options, hash, verify } from '@node-rs/argon2'

/** argon2id (the library's default), 19 MiB, two passes: OWASP's floor, about 40 ms on the small machines this runs on. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** What SaleSpider's own library takes by default. */
const shopCost: Options = { memoryCost: 65_536, timeCost: 3, parallelism: 4 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** For an e-mail nobody has: checking against it takes as long as against a real one. */
const decoy = hashPassword(randomUUID())
let shopDecoy: Promise<string> | undefined

/** `passwordHash` is null when there is no such account; the answer is then false, and costs the same. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await decoy), password)
  return matches && passwordHash !== null
}

let turn: Promise<unknown> = Promise.resolve()

/**
 * As `isPassword`, for a hash that SaleSpider made. One at a time: each takes 64 MiB, and a flood of tries must not take the
 * dashboard's memory. What is no argon2 hash is nobody's password.
 */
export function isShopPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const check = async () => {
    const made = await (shopDecoy ??= hash(randomUUID(), shopCost))
    return (await verify(passwordHash ?? made, password).catch(() => false)) && passwordHash !== null
  }
  const answer = turn.then(check)
  turn = answer.catch(() => undefined)
  return answer
}

/** Whether two texts are the same, in a time that tells nothing about where they differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(left!, right!)
}
