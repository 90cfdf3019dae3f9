import { randomUUID } from 'node:crypto'
import { type Options, hash, verify } from '@node-rs/argon2'

/** argon2id (the library's default), 19 MiB, two passes: OWASP's floor, about 40 ms on the small machines this runs on. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** For an e-mail nobody has: checking against it takes as long as against a real one. */
const decoy = hashPassword(randomUUID())

/** `passwordHash` is null when there is no such account; the answer is then false, and costs the same. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const matches = await verify(passwordHash ?? (await decoy), password)
  return matches && passwordHash !== null
}
