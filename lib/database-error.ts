/** Prisma's codes: not reachable, timed out, closed the connection, no connection free in time, a transaction not done in time. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])
/** SQLSTATE: connection exceptions, shutting or starting up, too many connections. */
const sqlStates = /^(08...|57P0[1-3]|53300)$/

/** Whether the control database is away, rather than asked something wrong: what failed may work in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && prismaCodes.has(String(error.code))) return true
  const cause = driverCause(error)
  return (
    cause?.kind === 'DatabaseNotReachable' ||
    sqlStates.test(cause?.originalCode ?? '') ||
    /timeout exceeded when trying to connect|Connection terminated|Unable to start a transaction/.test(error.message)
  )
}

type DriverCause = { kind?: string; originalCode?: string }

/** A raw query's error keeps the driver's own below P2010. */
function driverCause(error: Error): DriverCause | undefined {
  const { meta } = error as Error & { meta?: { driverAdapterError?: { cause?: DriverCause } } }
  return meta?.driverAdapterError?.cause
}

/** The driver's own sentence, for the log: Prisma puts a piece of our code before it. */
export function databaseWords(error: unknown): string {
  return error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error)
}
