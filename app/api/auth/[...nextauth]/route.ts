import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth/options'

type Context = { params: Promise<{ nextauth: string[] }> }

/** What the sign-in page and the user menu need. next-auth's other endpoints would prolong a session past its 12 hours. */
const actions = new Set(['csrf', 'callback', 'signout'])

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action] = (await context.params).nextauth
  if (!action || !actions.has(action)) return new Response(null, { status: 404 })
  return NextAuth(authOptions(request.headers.get('x-forwarded-for')))(request, context)
}

export { handle as GET, handle as POST }
