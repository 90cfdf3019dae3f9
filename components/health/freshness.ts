/** What is shown may be this old, in milliseconds. Beyond it nothing green is claimed from it. */
const FRESH_MS = 25_000

/** Since when the page has had no answer; null while it is up to date. */
export function staleSince(readAt: Date, isError: boolean, now: Date): Date | null {
  return isError || now.getTime() - readAt.getTime() > FRESH_MS ? readAt : null
}
