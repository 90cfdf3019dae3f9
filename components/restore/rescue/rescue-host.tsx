'use client'

import { type ReactNode, createContext, use, useState } from 'react'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import type { RowChoice } from '@/lib/restore/rescue/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { RowNamesProvider } from './names'
import { RescueDialog } from './rescue-dialog'

/** `names`: by choiceId, what the page calls the rows. */
type Asked = { rows: RowChoice[]; names: ReadonlyMap<string, string> }

const Context = createContext<((asked: Asked) => void) | null>(null)

type RescueHostProps = { rehearsal: Rehearsal; view: RestoreView; children: ReactNode }

/** Holds the rescue that is under way above what it changes: rows that are back leave the page, their undo must not. */
export function RescueHost({ rehearsal, view, children }: RescueHostProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <Context value={setAsked}>
      {children}
      <Dialog open={asked !== null} onOpenChange={(open) => !open && close()}>
        <DialogContent className="md:w-[36rem]">
          {asked && (
            <RowNamesProvider value={asked.names}>
              <RescueDialog rehearsal={rehearsal} rows={asked.rows} view={view} onClose={close} />
            </RowNamesProvider>
          )}
        </DialogContent>
      </Dialog>
    </Context>
  )
}

export function useStartRescue(): (asked: Asked) => void {
  const start = use(Context)
  if (!start) throw new Error('a rescue needs a RescueHost above it')
  return start
}
