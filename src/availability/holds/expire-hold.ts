import type { Payload } from 'payload'
import { afterCommit, withTransaction } from '#database/transactions'
import { count } from '#observability/measure'
import { enqueue } from '#outbox/enqueue'
import { expireHoldRow } from './hold-queries'
import { publishSlotsJob } from './hold-time'

/** Marks a hold that ran out, and publishes its time again. It has blocked nobody since its deadline, whether or not this runs. */
export const expireHold = async (payload: Payload, slotId: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const consultantId = await expireHoldRow(req, slotId)
    if (consultantId === undefined) return
    await enqueue(req, publishSlotsJob(consultantId))
    await afterCommit(req, () => count('parley_holds_total', { outcome: 'expired' }))
  })
