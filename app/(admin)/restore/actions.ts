'use server'

import { z } from 'zod'
import { adminAction, refuse } from '@/lib/action'
import { isShopLost } from '@/lib/cluster/data'
import { db, stanzaName } from '@/lib/dashboard-db'
import { translator } from '@/lib/i18n'
import { findKeptCluster } from '@/lib/restore/kept/data'
import { planFor } from '@/lib/restore/plan/data'
import { listRestorePoints } from '@/lib/restore/point/data'
import { refusalText } from '@/lib/restore/refusal'
import { findCurrentRehearsal, findRehearsal } from '@/lib/restore/rehearsal/data'
import { type RestoreWish, clusterIdSchema, restorePointNameSchema, restoreWishSchema } from '@/lib/restore/schema'
import { confirmationSchema, switchInputSchema } from '@/lib/restore/view/schema'
import { getFormat } from '@/lib/salespider/data'
import { ask, askAlone, confirm } from './asking'

const t = translator('restore')
const rehearsalSchema = z.object({ rehearsal: clusterIdSchema })
const clusterSchema = z.object({ cluster: clusterIdSchema })

/** Makes a rehearsal, or moves the one that is named. */
export const rehearse = adminAction({
  permission: 'restore:rehearse',
  input: z.object({ wish: restoreWishSchema, rehearsal: clusterIdSchema.optional() }),
  run: async ({ tx, actor, input: { wish, rehearsal } }) => {
    const current = await findCurrentRehearsal(db(), stanzaName())
    if (rehearsal && current?.id !== rehearsal) return refuse(t('refused.gone'))
    if (!rehearsal && current) return refuse(t('refused.exists', { name: current.actorName }))
    if (await isShopLost(db(), stanzaName())) return refuse(t('blocked.lost'))
    return (await refusalOf(wish)) ?? askAlone(tx, actor, { kind: 'rehearse', wish, ...(rehearsal && { rehearsal }) })
  },
})

export const compareAgain = adminAction({
  permission: 'restore:rehearse',
  input: rehearsalSchema,
  run: async ({ tx, actor, input: { rehearsal } }) => {
    const isReady = await isRehearsalReady(rehearsal)
    return isReady ? ask(tx, actor, { kind: 'compare', rehearsal }) : refuse(t('refused.gone'))
  },
})

export const discardRehearsal = adminAction({
  permission: 'restore:rehearse',
  input: rehearsalSchema,
  run: async ({ tx, actor, input: { rehearsal } }) => {
    const found = await findRehearsal(db(), stanzaName(), rehearsal)
    return found ? askAlone(tx, actor, { kind: 'discard', rehearsal }) : refuse(t('refused.gone'))
  },
})

export const switchToPoint = adminAction({
  permission: 'restore:switch',
  input: switchInputSchema.extend({ rehearsal: clusterIdSchema }),
  run: async ({ tx, actor, input: { rehearsal, carryOver, ...confirmation } }) => {
    const unconfirmed = await confirm(actor, confirmation)
    if (unconfirmed) return unconfirmed
    if (!(await isRehearsalReady(rehearsal))) return refuse(t('refused.notReady'))
    return askAlone(tx, actor, { kind: 'switch', rehearsal, carryOver })
  },
})

export const undoRestore = adminAction({
  permission: 'restore:undo',
  input: confirmationSchema.extend(clusterSchema.shape),
  run: async ({ tx, actor, input: { cluster, ...confirmation } }) => {
    const unconfirmed = await confirm(actor, confirmation)
    if (unconfirmed) return unconfirmed
    const kept = await findKeptCluster(db(), stanzaName(), cluster)
    return kept ? askAlone(tx, actor, { kind: 'undo', cluster }) : refuse(t('refused.keptGone'))
  },
})

export const restoreInPlace = adminAction({
  permission: 'restore:in-place',
  input: confirmationSchema.extend({ wish: restoreWishSchema }),
  run: async ({ tx, actor, input: { wish, ...confirmation } }) => {
    const unconfirmed = (await confirm(actor, confirmation)) ?? (await refusalOf(wish))
    return unconfirmed ?? askAlone(tx, actor, { kind: 'restore-in-place', wish })
  },
})

export const createRestorePoint = adminAction({
  permission: 'restore:point',
  input: z.object({ name: restorePointNameSchema }),
  run: async ({ tx, actor, input: { name } }) => {
    const points = await listRestorePoints(db(), stanzaName())
    if (points.some((point) => point.name === name)) return refuse(t('refused.pointExists'))
    return ask(tx, actor, { kind: 'restore-point', name })
  },
})

export const purgeCluster = adminAction({
  permission: 'restore:purge',
  input: clusterSchema,
  run: async ({ tx, actor, input: { cluster } }) => {
    const kept = await findKeptCluster(db(), stanzaName(), cluster)
    if (!kept) return refuse(t('refused.keptGone'))
    if (kept.unarchived > 0) return refuse(t('blocked.unarchived', { count: kept.unarchived }))
    return askAlone(tx, actor, { kind: 'purge', cluster })
  },
})

/** Lists every segment in the repositories, and looks for gaps. */
export const checkArchive = adminAction({
  permission: 'checks:run',
  input: z.object({}),
  run: ({ tx, actor }) => ask(tx, actor, { kind: 'check-archive' }),
})

/** What was reachable when it was looked at may not be any more. */
async function refusalOf(wish: RestoreWish) {
  const [outcome, format] = await Promise.all([planFor(db(), stanzaName(), wish, new Date()), getFormat()])
  return 'refusal' in outcome ? refuse(refusalText(outcome.refusal, format)) : null
}

async function isRehearsalReady(id: string): Promise<boolean> {
  return (await findRehearsal(db(), stanzaName(), id))?.status === 'ready'
}
