import type { Format } from '@/lib/format'
import { translator } from '@/lib/i18n'
import type { PlanRefusal } from './schema'

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** Why a target cannot be reached, in the words of the restore page; times as the shop writes them, else in UTC. */
export function refusalText({ code, params }: PlanRefusal, format?: Format): string {
  const told = Object.entries(params).map(([name, value]) =>
    [name, format && typeof value === 'string' && INSTANT.test(value) ? format.dateTime(new Date(value)) : value])
  return translator('restore')(`refusals.${code}`, Object.fromEntries(told))
}
