import type { Db } from '@/lib/db'
import { type Account, findOwnAccount } from './data'
import type { Host } from './host'
import { isPassword, isSame, isShopPassword } from './password'
import { findShopUser } from './salespider/data'
import type { ShopUser } from './salespider/rules'
import type { Credentials } from './schema'

/** Whose e-mail and password these are. `shop-away`: of nobody known here, and the shop's people could not be asked. */
export type Proof =
  | { origin: 'dashboard'; account: Account }
  | { origin: 'salespider'; row: ShopUser }
  | { origin: 'deployment'; email: string }
  | { origin: null; reason: 'mismatch' | 'shop-away' }

/** The shop's own people come first: its owner often is the deployment's administrator too, and breaks no glass then. */
export async function proveByPassword(db: Db, host: Host | null, credentials: Credentials): Promise<Proof> {
  const { email, password } = credentials
  if (!host) {
    const account = await findOwnAccount(db, email)
    const matches = await isPassword(password, account?.passwordHash ?? null)
    return account && matches ? { origin: 'dashboard', account } : { origin: null, reason: 'mismatch' }
  }
  const answer = await findShopUser(host.shop, { email })
  const row = answer.reading === 'ok' ? answer.value : null
  const matches = await isShopPassword(password, row?.password ?? null)
  if (row && matches) return { origin: 'salespider', row }
  if (isAdmin(host, credentials)) return { origin: 'deployment', email }
  return { origin: null, reason: answer.reading === 'ok' ? 'mismatch' : 'shop-away' }
}

/** Both are compared, whatever the first of them says. */
function isAdmin({ admin }: Host, { email, password }: Credentials): boolean {
  const same = [isSame(email, admin?.email ?? ''), isSame(password, admin?.password ?? '')]
  return admin !== null && same.every(Boolean)
}

/** The password of somebody who is signed in. `shop-away`: there is no row of theirs to look at. */
export async function provesAgain(host: Host | null, account: Account, password: string): Promise<boolean | 'shop-away'> {
  if (account.origin === 'dashboard') return !host && isPassword(password, account.passwordHash)
  if (account.origin === 'deployment') return host !== null && isAdmin(host, { email: account.email, password })
  const answer = host && (await findShopUser(host.shop, { id: account.salespiderId ?? '' }))
  if (answer?.reading !== 'ok' || !answer.value) return 'shop-away'
  return isShopPassword(password, answer.value.password)
}
