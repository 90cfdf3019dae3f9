import { type NextRequest, NextResponse } from 'next/server'
import { PATH_HEADER } from '@/lib/auth/cookies'
import { contentSecurityPolicy, NONCE_HEADER } from '@/lib/content-security-policy'
import { isDevelopment } from '@/lib/env'
import { findLogoOrigin } from '@/lib/salespider/settings/data'

/** Before each page: a nonce for its scripts, and the path it was asked by, so that sign-in can lead back. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy(nonce, isDevelopment, await findLogoOrigin())
  const { pathname, search } = request.nextUrl
  const headers = new Headers(request.headers)
  headers.set(PATH_HEADER, pathname + search)
  headers.set(NONCE_HEADER, nonce)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

export const config = { matcher: ['/', '/((?!api/|_next/|icon).*)'] }
