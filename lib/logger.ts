import pino from 'pino'

/** Structured lines on stdout. Secrets never reach it: what holds one is redacted by name. */
export const logger = pino({
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['password', '*.password', 'passwordHash', '*.passwordHash', '*.cookie', '*.authorization'],
})
