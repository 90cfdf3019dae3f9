'use server'

import { z } from 'zod'
import { adminAction, refuse } from '@/lib/action'
import { db, stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { enqueueOnce, ensureStanza } from '@/lib/jobs/mutations'
import { findRehearsal } from '@/lib/restore/rehearsal/data'
import { canUndoRescue } from '@/lib/restore/rehearsal/story/data'
import { rescueChoiceSchema } from '@/lib/restore/rescue/schema'
import { clusterIdSchema } from '@/lib/restore/schema'
import { askAlone } from '../asking'

const choiceSchema = z.object({ rehearsal: clusterIdSchema, rows: rescueChoiceSchema })

/** Looks at what a rescue of these rows would do. Where somebody looks at the same just now, that look serves both. */
export const planRescue = adminAction({
  permission: 'restore:rehearse',
  input: choiceSchema,
  run: async ({ tx, actor, input: { rehearsal, rows } }) => {
    if (!(await isReady(rehearsal))) return refuse(translator('restore')('refused.gone'))
    const stanza = stanzaName()
    await ensureStanza(tx, stanza)
    const { job } = await enqueueOnce(tx, { stanza, request: { kind: 'plan-rescue', rehearsal, rows }, actor, trigger: 'manual' })
    return { jobId: job.id.toString() }
  },
})

export const rescueRows = adminAction({
  permission: 'restore:rescue',
  input: choiceSchema,
  run: async ({ tx, actor, input: { rehearsal, rows } }) => {
    const ready = await isReady(rehearsal)
    return ready ? askAlone(tx, actor, { kind: 'rescue', rehearsal, rows }) : refuse(translator('restore')('refused.gone'))
  },
})

/** Takes back what that job put into the shop. */
export const undoRescue = adminAction({
  permission: 'restore:rescue',
  input: z.object({ rescue: z.string().regex(/^\d{1,18}$/) }),
  run: async ({ tx, actor, input: { rescue } }) => {
    const can = await canUndoRescue(db(), stanzaName(), BigInt(rescue))
    return can ? askAlone(tx, actor, { kind: 'undo-rescue', rescue }) : refuse(translator('rescue')('undo.gone'))
  },
})

async function isReady(id: string): Promise<boolean> {
  return (await findRehearsal(db(), stanzaName(), id))?.status === 'ready'
}
