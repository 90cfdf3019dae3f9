import type { ClientBase } from 'pg'

/** Commits what `run` does, or nothing of it when it throws. */
export async function inTransaction<T>(client: ClientBase, run: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    const result = await run()
    await client.query('COMMIT')
    return result
  } catch (error) {
    // The connection may be what was lost: then there is nothing to roll back, and the first error is the one to tell.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
