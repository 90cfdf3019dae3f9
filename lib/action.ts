import type { NextRequest } from 'next/server'
import type { z } from 'zod'
import type { Actor } from '@/lib/audit/schema'
import { can } from '@/lib/auth/rules'
import type { Permission, SessionUser } from '@/lib/auth/schema'
import { actorOf, findSessionUser } from '@/lib/auth/session'
import { db } from '@/lib/dashboard-db'
import { databaseWords, isDatabaseAway } from '@/lib/database-error'
import type { Tx } from '@/lib/db'
import { hostedDatabase } from '@/lib/hosted/mode'
import { translator } from '@/lib/i18n'
import { logger } from '@/lib/logger'

export type ActionErrorCode = 'invalid' | 'forbidden' | 'unauthenticated' | 'refused' | 'unavailable'
export type ActionError = { code: ActionErrorCode; message: string; fields?: Record<string, string[]> }
export type ActionResult<T> = { ok: true; data: T } | { ok: false; error: ActionError }

/** An expected no: the transaction is rolled back, and the words reach whoever asked. */
class Refusal extends Error {
  readonly fields: ActionError['fields']
  constructor(message: string, fields?: ActionError['fields']) {
    super(message)
    this.fields = fields
  }
}

/** Return it from `run`: `return refuse(t('alreadyRunning'))`. */
export function refuse(message: string, fields?: ActionError['fields']): Refusal {
  return new Refusal(message, fields)
}

/** `may`: whether the one who asks has a further permission, where what is needed depends on the input. */
type ActionContext<I> = { tx: Tx; actor: Actor; may: (permission: Permission) => boolean; input: I }

type AdminAction<S extends z.ZodType, R> = {
  permission: Permission
  input: S
  run: (context: ActionContext<z.output<S>>) => Promise<R>
}

/**
 * A server action: validates, authorizes, and runs in one transaction, in which `run` also writes its audit entry (the
 * mutations do). Refusals are results; what throws is a bug, and stays one.
 */
export function adminAction<S extends z.ZodType, R>({ permission, input: schema, run }: AdminAction<S, R>) {
  return async (raw: z.input<S>): Promise<ActionResult<Exclude<R, Refusal>>> => {
    try {
      const user = await findSessionUser()
      if (!user) return failed('unauthenticated')
      if (!can(user, permission)) return failed('forbidden')
      if (hostedDatabase()) return notHere()
      const parsed = schema.safeParse(raw)
      if (!parsed.success) return failed('invalid', fieldErrors(parsed.error))
      return { ok: true, data: await inTransaction((tx) => run({ tx, actor: actorOf(user), may: (wanted) => can(user, wanted), input: parsed.data })) }
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: { code: 'refused', message: error.message, fields: error.fields } }
      if (isDatabaseAway(error)) return unavailable(error)
      throw error
    }
  }
}

async function inTransaction<R>(run: (tx: Tx) => Promise<R>): Promise<Exclude<R, Refusal>> {
  return db().$transaction(async (tx) => {
    const outcome = await run(tx)
    if (outcome instanceof Refusal) throw outcome
    return outcome as Exclude<R, Refusal>
  })
}

function failed(code: Exclude<ActionErrorCode, 'refused'>, fields?: ActionError['fields']): { ok: false; error: ActionError } {
  return { ok: false, error: { code, message: translator('shell')(`action.${code}`), fields } }
}

/** Where somebody else backs up, there is neither a worker to do it nor anything that one found. */
function notHere(): { ok: false; error: ActionError } {
  return { ok: false, error: { code: 'refused', message: translator('hosted')('refused') } }
}

function unavailable(error: unknown) {
  logger.warn({ error: databaseWords(error) }, 'the control database does not answer')
  return failed('unavailable')
}

/** Field name → messages; what concerns the whole input stands under ''. */
function fieldErrors(error: z.ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {}
  for (const { path, message } of error.issues) (fields[path.join('.')] ??= []).push(message)
  return fields
}

const httpStatus = { invalid: 400, unauthenticated: 401, forbidden: 403, refused: 409, unavailable: 503 }

type RouteContext<P> = { params: Promise<P> }
type AdminRoute<P> = (context: { request: NextRequest; user: SessionUser; params: P }) => Promise<unknown>

/**
 * A GET handler: authorizes, answers with what `handler` returns as JSON (or with the Response it returns), never cached.
 * Otherwise `{error: ActionError}` with 401, 403, 409 where somebody else backs up, or 503.
 */
export function adminRoute<P = Record<string, string>>(permission: Permission, handler: AdminRoute<P>) {
  return async (request: NextRequest, context: RouteContext<P>): Promise<Response> => {
    try {
      const user = await findSessionUser()
      if (!user) return refusedResponse(failed('unauthenticated'))
      if (!can(user, permission)) return refusedResponse(failed('forbidden'))
      if (hostedDatabase()) return refusedResponse(notHere())
      const answer = await handler({ request, user, params: await context.params })
      return answer instanceof Response ? answer : Response.json(answer, { headers: noStore })
    } catch (error) {
      if (isDatabaseAway(error)) return refusedResponse(unavailable(error))
      throw error
    }
  }
}

/** For a question that cannot be read: 400, with what is wrong with which part of it. */
export function invalidResponse(error: z.ZodError): Response {
  return refusedResponse(failed('invalid', fieldErrors(error)))
}

const noStore = { 'Cache-Control': 'no-store' }

function refusedResponse({ error }: { error: ActionError }): Response {
  return Response.json({ error }, { status: httpStatus[error.code], headers: noStore })
}
