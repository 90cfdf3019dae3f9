/** Next calls this once, before it serves anything; the other runtime it is compiled for runs nothing of ours. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('@/lib/env')).requireEnv()
}
