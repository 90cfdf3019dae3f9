/** Aborted when we are asked to stop: no further step begins, and the program of the current one ends. */
export const stopping = new AbortController()

export function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  // The terminal may be gone: that must not keep the clusters from being stopped in order.
  process.stdout.on('error', () => stopping.abort())
}

export function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.signal.aborted) resolve()
    else stopping.signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
