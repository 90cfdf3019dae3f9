import type { NextRequest } from 'next/server'
import { tryToken } from '@/lib/auth/options'
import { refusedPath, safeNextPath, signInPath } from '@/lib/auth/rules'
import { SALESPIDER_COOKIE } from '@/lib/auth/salespider/rules'
import { startSession } from '@/lib/auth/session'
import { BASE_PATH } from '@/lib/base-path'

/** Who is signed in at SaleSpider gets a session of ours. This leads to the sign-in page, which goes on or says why not. */
export async function GET(request: NextRequest): Promise<Response> {
  const next = safeNextPath(request.nextUrl.searchParams.get('next'))
  const token = request.cookies.get(SALESPIDER_COOKIE)?.value
  if (!token) return seeOther(signInPath(next))
  const outcome = await tryToken(token, request.headers.get('x-forwarded-for'))
  if ('refusal' in outcome) return seeOther(refusedPath(outcome.refusal, next))
  await startSession(outcome.user.id)
  // Read by nobody but a browser that did not keep the cookie.
  return seeOther(refusedPath({ reason: 'cookie-lost' }, next))
}

/** Relative: only the browser knows by which name and scheme it reached us. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { Location: BASE_PATH + path, 'Cache-Control': 'no-store' } })
}
