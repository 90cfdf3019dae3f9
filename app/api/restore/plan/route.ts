import { adminRoute } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { answerPlan } from '@/lib/restore/plan/data'
import { restoreWishSchema } from '@/lib/restore/schema'

/** `?wish=`, a RestoreWish as JSON: what it would take, or why it cannot be. */
export const GET = adminRoute('backups:read', async ({ request }) => {
  const wish = restoreWishSchema.safeParse(parseJson(request.nextUrl.searchParams.get('wish')))
  return wish.success ? answerPlan(db(), stanzaName(), wish.data, new Date()) : new Response(null, { status: 400 })
})

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
