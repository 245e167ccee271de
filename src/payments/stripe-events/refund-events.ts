import type { Payload } from 'payload'
import { withTransaction } from '../../database/transactions'
import { applyRefund } from '../carry-out-refund'
import { findRefund, findRefundByStripeId } from '../payment-queries'
import { retrieveRefund } from '../stripe/refund-payment'
import { type EventFacts, type EventHandlers, type EventOutcome, NotVisibleYet } from './event-handler'

/** A refund of ours is known by the id that we wrote into it, even when the answer that named Stripe's id got lost. */
const followRefund = async (payload: Payload, { objectId }: EventFacts): Promise<EventOutcome> => {
  const truth = await retrieveRefund(objectId)
  return withTransaction(payload, async (req) => {
    const named = truth.metadata?.refundId
    const known = (await findRefundByStripeId(req, truth.id)) ?? (named && (await findRefund(req, named)))
    if (known) {
      await applyRefund(req, known.id, truth)
      return 'processed'
    }
    if (named) throw new NotVisibleYet(`Stripe's refund ${truth.id} names the refund ${named}, which is not there.`)
    return 'ignored'
  })
}

export const refundEvents = {
  'refund.created': followRefund,
  'refund.updated': followRefund,
  'refund.failed': followRefund,
} satisfies EventHandlers
