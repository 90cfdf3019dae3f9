import { BASE_PATH } from '@/lib/base-path'
import { decodeRefusal, signInPath } from './rules'
import type { Credentials, Refusal } from './schema'

const endpoint = `${BASE_PATH}/api/auth`

/** In the browser: null when signed in, else why not. */
export async function signIn(credentials: Credentials): Promise<Refusal | null> {
  try {
    const response = await post('callback/credentials', credentials)
    const { url } = (await response.json()) as { url: string }
    const { searchParams } = new URL(url)
    // A token that did not fit its cookie is answered with 200 as well, and with this.
    if (response.ok && !searchParams.has('csrf')) return null
    return decodeRefusal(searchParams.get('error') ?? '')
  } catch {
    return { reason: 'unavailable' }
  }
}

let leaving = false

/** In the browser: ends the session and goes to sign-in. Rejects, and stays, when the server was not reached. */
export async function signOut(): Promise<void> {
  // A poll that meets the end of the session must not lead back here after the next sign-in.
  leaving = true
  try {
    const response = await post('signout', {})
    if (!response.ok) throw new Error(`sign-out: HTTP ${response.status}`)
  } catch (error) {
    leaving = false
    throw error
  }
  // SaleSpider's own sign-in, where there is one, must not lead straight back in.
  window.location.assign(`${BASE_PATH}/sign-in?left`)
}

/** In the browser: the session has ended by itself. Sign-in will lead back to this page. */
export function leaveSignedOut(): void {
  if (leaving) return
  leaving = true
  const { pathname, search } = window.location
  window.location.assign(BASE_PATH + signInPath(pathname.slice(BASE_PATH.length) + search))
}

async function post(action: string, fields: Record<string, string>): Promise<Response> {
  const answer = await fetch(`${endpoint}/csrf`, { cache: 'no-store' })
  const { csrfToken } = (await answer.json()) as { csrfToken: string }
  return fetch(`${endpoint}/${action}`, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
  })
}
