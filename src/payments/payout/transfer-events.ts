import type { Payload } from 'payload'
import { withTransaction } from '#database/transactions'
import { recordReversal, recordTransfer } from './apply-transfer'
import { listReversals, retrieveTransfer } from '../stripe/transfers'
import type { EventFacts, EventHandlers, EventOutcome } from '../stripe-events/event-handler'
import type { StripeTransfer } from '../stripe/stripe-objects'

/** Brings a transfer and everything that was taken back of it into the books; ours, or made in Stripe's dashboard. */
export const followStripeTransfer = async (payload: Payload, truth: StripeTransfer): Promise<EventOutcome> => {
  const reversals = truth.amount_reversed > 0 ? await listReversals(truth.id) : []
  return withTransaction(payload, async (req) => {
    if (!(await recordTransfer(req, truth))) return 'ignored'
    for (const reversal of reversals.toReversed()) await recordReversal(req, truth.id, reversal)
    return 'processed'
  })
}

const followTransfer = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> =>
  followStripeTransfer(payload, await retrieveTransfer(objectId))

export const transferEvents = {
  'transfer.created': followTransfer,
  'transfer.updated': followTransfer,
  'transfer.reversed': followTransfer,
} satisfies EventHandlers
