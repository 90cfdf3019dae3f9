/** Steps and conflicts for the log and the command line, which are English. */
import type { Conflict, RescueStep } from '@/lib/restore/rescue/schema'

export function stepText({ how, table, name, why }: RescueStep): string {
  return `${how} ${table} ${name} (${why})`
}

export function conflictText({ table, name, code, columns, holder, reason }: Conflict): string {
  const where = columns.length > 0 ? ` (${columns.join(', ')})` : ''
  return `${table} ${name}: ${code}${where}${holder ? `, held by ${holder}` : ''}${reason ? `: ${reason}` : ''}`
}
