import type { Payload } from 'payload'
import { withTransaction } from '../../database/transactions'
import { recordReversal, recordTransfer } from '../apply-transfer'
import { listReversals, retrieveTransfer } from '../stripe/transfers'
import type { EventFacts, EventHandlers, EventOutcome } from './event-handler'

/** Brings a transfer and everything that was taken back of it into the books; ours, or made in Stripe's dashboard. */
const followTransfer = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> => {
  const truth = await retrieveTransfer(objectId)
  const reversals = truth.amount_reversed > 0 ? await listReversals(truth.id) : []
  return withTransaction(payload, async (req) => {
    if (!(await recordTransfer(req, truth))) return 'ignored'
    for (const reversal of reversals.toReversed()) await recordReversal(req, truth.id, reversal)
    return 'processed'
  })
}

export const transferEvents = {
  'transfer.created': followTransfer,
  'transfer.updated': followTransfer,
  'transfer.reversed': followTransfer,
} satisfies EventHandlers
