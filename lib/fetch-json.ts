import type { z } from 'zod'
import { BASE_PATH } from '@/lib/base-path'

/** The dashboard's own JSON could not be had. `status` is HTTP's, or 0 when nothing answered. */
export class RequestError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** GETs one of our route handlers (`/api/…`, without the base path) in the browser and parses the answer. */
export async function fetchJson<S extends z.ZodType>(path: string, schema: S, signal?: AbortSignal): Promise<z.output<S>> {
  const request = fetch(`${BASE_PATH}${path}`, { signal, headers: { Accept: 'application/json' } })
  const response = await request.catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new RequestError(0, String(error))
  })
  if (!response.ok) throw new RequestError(response.status, await messageOf(response))
  return schema.parse(await response.json())
}

/** A proxy's own error page is not JSON, and says nothing we could show. */
async function messageOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null
  return body?.error?.message ?? ''
}
