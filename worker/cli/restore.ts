import { isShopLost } from '@/lib/cluster/data'
import { type Format } from '@/lib/format'
import { translator } from '@/lib/i18n'
import type { RequestOf } from '@/lib/jobs/schema'
import { findCurrentRehearsal } from '@/lib/restore/rehearsal/data'
import { listKeptClusters } from '@/lib/restore/kept/data'
import { parseMoment } from '@/lib/restore/moment/rules'
import { planFor } from '@/lib/restore/plan/data'
import { refusalText } from '@/lib/restore/refusal'
import { STALE_SECONDS } from '@/lib/restore/request/rules'
import { type RestoreWish, type Target, restoreWishSchema } from '@/lib/restore/schema'
import { type Control, EXIT, type ExitCode, printJson } from './control'
import { enqueueAndFollow } from './follow'

export type TargetOptions = {
  latest?: boolean
  set?: string
  time?: string
  xid?: string
  lsn?: string
  name?: string
  timeline?: number
  repo?: number
  json: boolean
}

type Read = { wish: RestoreWish; note: string | null } | { problem: string }

/** Exactly one target; a time without an offset is the shop's, and that is said. */
export function readTarget(options: TargetOptions, timeZone: string, format: Format): Read {
  const given = (['latest', 'set', 'time', 'xid', 'lsn', 'name'] as const).filter((name) => options[name])
  if (given.length !== 1) return { problem: 'one target: --latest, --set, --time, --name, --xid or --lsn' }
  const target = toTarget(options, timeZone)
  if ('problem' in target) return target
  const wish = restoreWishSchema.safeParse({ target: target.target, repo: options.repo, timeline: options.timeline })
  if (!wish.success) return { problem: `not a target: ${wish.error.issues.map(({ message }) => message).join(', ')}` }
  const { at, zone } = target
  return { wish: wish.data, note: at && zone ? `read in the shop's zone, ${zone}: ${format.dateTime(new Date(at))}, which is ${at}` : null }
}

type Aimed = { target: Target | Record<string, unknown>; at?: string; zone?: string | null } | { problem: string }

function toTarget({ latest, set, time, xid, lsn, name }: TargetOptions, timeZone: string): Aimed {
  if (latest) return { target: { type: 'latest' } }
  if (set) return { target: { type: 'set', label: set } }
  if (xid) return { target: { type: 'xid', xid } }
  if (lsn) return { target: { type: 'lsn', lsn: lsn.toUpperCase() } }
  if (name) return { target: { type: 'name', name } }
  const outcome = parseMoment(time ?? '', timeZone)
  if ('refusal' in outcome) {
    const { code, ...params } = outcome.refusal
    return { problem: translator('restore')(`moments.${code}`, params) }
  }
  return { target: { type: 'time', at: outcome.moment.at }, at: outcome.moment.at, zone: outcome.moment.assumedZone }
}

type Aim = { wish: RestoreWish } | { exit: ExitCode }

/** The wish, once it is known to be reachable. */
async function aim({ db, stanza, profile, format }: Control, options: TargetOptions): Promise<Aim> {
  const read = readTarget(options, profile.timeZone, format)
  if ('problem' in read) {
    console.error(read.problem)
    return { exit: EXIT.usage }
  }
  if (read.note && !options.json) console.error(read.note)
  const planned = await planFor(db, stanza, read.wish, new Date())
  if ('plan' in planned) return { wish: read.wish }
  if (options.json) printJson({ refused: planned.refusal })
  else console.error(refusalText(planned.refusal, format))
  return { exit: EXIT.failed }
}

type RehearseOptions = TargetOptions & { move?: boolean; isFirstOfTwo?: boolean }

export async function rehearse(control: Control, options: RehearseOptions): Promise<ExitCode> {
  const aimed = await aim(control, options)
  if ('exit' in aimed) return aimed.exit
  if (await isShopLost(control.db, control.stanza)) return complain('there is no shop on this host to rehearse beside: use "restore"')
  const current = await findCurrentRehearsal(control.db, control.stanza)
  if (current && !options.move) return complain(`${current.actorName} has a rehearsal already (${current.id}). Move it with --move, or discard it first.`)
  const request: RequestOf<'rehearse'> = { kind: 'rehearse', wish: aimed.wish, ...(current && { rehearsal: current.id }) }
  return enqueueAndFollow(control, { request, json: options.json, isFirstOfTwo: options.isFirstOfTwo, expiresInSeconds: STALE_SECONDS })
}

export async function discard(control: Control, { json }: { json: boolean }): Promise<ExitCode> {
  const current = await findCurrentRehearsal(control.db, control.stanza)
  if (!current) return complain('there is no rehearsal')
  return enqueueAndFollow(control, { request: { kind: 'discard', rehearsal: current.id }, json })
}

type Confirmed = { confirm: string; json: boolean }

export async function switchOver(control: Control, { confirm, json, keepConfiguration, keepPasswords }: Confirmed & Carry): Promise<ExitCode> {
  if (confirm !== control.stanza) return unconfirmed(control)
  const current = await findCurrentRehearsal(control.db, control.stanza)
  if (current?.status !== 'ready') return complain('there is no rehearsal that is ready: make one with "rehearse" first')
  const carryOver = { configuration: keepConfiguration, passwords: keepPasswords }
  return enqueueAndFollow(control, { request: { kind: 'switch', rehearsal: current.id, carryOver }, json, expiresInSeconds: STALE_SECONDS })
}

type Carry = { keepConfiguration: boolean; keepPasswords: boolean }

/** Back to the cluster that was left last, or to the one that is named. */
export async function undo(control: Control, { confirm, cluster, json }: Confirmed & { cluster?: string }): Promise<ExitCode> {
  if (confirm !== control.stanza) return unconfirmed(control)
  const kept = await listKeptClusters(control.db, control.stanza)
  const back = cluster ? kept.find(({ id }) => id === cluster) : kept[0]
  if (!back) return complain(cluster ? `no cluster ${cluster} is kept` : 'there is nothing to undo: no cluster is kept')
  return enqueueAndFollow(control, { request: { kind: 'undo', cluster: back.id }, json, expiresInSeconds: STALE_SECONDS })
}

/** Rehearses and switches in one go; or over the shop itself, without an undo, which is also how a lost one comes back. */
export async function restore(control: Control, options: TargetOptions & Confirmed & { inPlace: boolean }): Promise<ExitCode> {
  if (options.confirm !== control.stanza) return unconfirmed(control)
  const isLost = await isShopLost(control.db, control.stanza)
  if (isLost) console.error('there is no shop on this host yet: it is restored in place')
  if (!options.inPlace && !isLost) {
    const rehearsed = await rehearse(control, { ...options, move: true, isFirstOfTwo: true })
    return rehearsed === EXIT.done ? switchOver(control, { ...options, keepConfiguration: true, keepPasswords: true }) : rehearsed
  }
  const aimed = await aim(control, options)
  if ('exit' in aimed) return aimed.exit
  return enqueueAndFollow(control, { request: { kind: 'restore-in-place', wish: aimed.wish }, json: options.json, expiresInSeconds: STALE_SECONDS })
}

export async function listKept({ db, stanza, format }: Control, { json }: { json: boolean }): Promise<ExitCode> {
  const kept = await listKeptClusters(db, stanza)
  if (json) printJson(kept)
  else if (kept.length === 0) console.log('no cluster is kept')
  else for (const { id, leftBy, leftAt, size, keepUntil } of kept) {
    console.log(`${id}  left by ${leftBy} ${format.dateTime(leftAt)}  ${format.bytes(size)}  kept until ${format.dateTime(keepUntil)}`)
  }
  return EXIT.done
}

function unconfirmed({ stanza }: Control): ExitCode {
  return complain(`This exchanges the running shop. Confirm it with its stanza's name: --confirm=${stanza}`, EXIT.usage)
}

function complain(words: string, exit: ExitCode = EXIT.failed): ExitCode {
  console.error(words)
  return exit
}
