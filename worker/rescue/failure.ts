/** What a database says while rows are put back. */
import { DatabaseError } from 'pg'
import { JobFailed } from '../context'

/** What the server says of a statement, unlike the loss of the server: 57P… and 25P… end the connection. */
export function isAnswer(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && !/^(57P|25P03|25P04|08)/.test(error.code ?? '')
}

/** Somebody else is at it: 55P03 and 57014 waited for too long, 40… was changed meanwhile or a deadlock. */
export function isBusy({ code = '' }: DatabaseError): boolean {
  return ['55P03', '57014'].includes(code) || code.startsWith('40')
}

/** Of the running shop, as a failure of the job. */
export function shopFailure(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error
  const detail = error.message
  if (isBusy(error)) return new JobFailed({ code: 'rescue-busy', detail })
  return new JobFailed({ code: 'database-query', detail, params: { reason: detail } })
}
