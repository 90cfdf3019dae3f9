import type { Db, Tx } from '@/lib/db'
import { SESSION_SECONDS } from '../cookies'
import type { Answer, ShopDb } from '@/lib/shop-db'
import { type ShopUser, shopUserSchema } from './rules'

const COLUMNS = `id, email, name, password, role::text, status::text,
  "updatedAt" AT TIME ZONE 'UTC' AS "updatedAt", "deletedAt" AT TIME ZONE 'UTC' AS "deletedAt"`

type By = { id: string } | { email: string }

/** As the shop's own table has them now; null where there is nobody, or nobody we know how to judge. */
export function findShopUser(shop: ShopDb, by: By): Promise<Answer<ShopUser | null>> {
  // An e-mail as it was typed wins over one that differs in case only.
  const [where, value] = 'id' in by ? ['id = $1', by.id] : ['lower(email) = $1 ORDER BY email = $1 DESC', by.email]
  return shop.read(async (query) => {
    const [row] = await query(`SELECT ${COLUMNS} FROM "User" WHERE ${where} LIMIT 1`, [value])
    return shopUserSchema.safeParse(row).data ?? null
  })
}

/** When this person last asked for what exchanges the shop, within the life of a session; null if never. */
export async function findExchangeBy(db: Db | Tx, userId: string, now: Date): Promise<Date | null> {
  const job = await db.job.findFirst({
    where: {
      actorKind: 'user', actorId: userId, kind: { in: ['switch', 'undo', 'restore-in-place'] },
      createdAt: { gt: new Date(now.getTime() - SESSION_SECONDS * 1000) },
    },
    orderBy: { id: 'desc' }, select: { createdAt: true },
  })
  return job?.createdAt ?? null
}
