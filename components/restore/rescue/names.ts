import { createContext, use } from 'react'
import type { RowChoice } from '@/lib/restore/rescue/schema'
import { choiceId } from './choice'

/** By choiceId, what the page calls the rows that can be chosen: a sale by when it was made. */
const Context = createContext<ReadonlyMap<string, string>>(new Map())
export const RowNamesProvider = Context

export function useRowName(): (row: RowChoice & { name: string }) => string {
  const names = use(Context)
  return (row) => names.get(choiceId(row)) ?? row.name
}
