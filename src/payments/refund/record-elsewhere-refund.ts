import type { PayloadRequest } from 'payload'
import type { Actor } from '#shared/actor'
import { DomainError } from '#shared/errors'
import { settleRefund } from './apply-refund'
import { lockRefundToChange } from './change-refund'
import { refundStates } from '../payment-states'
import { findElsewhereReference } from './refund-queries'

/**
 * Records that a refund of a payment that was paid elsewhere was returned there. Saying the same again changes nothing.
 * @param args.reference where it can be looked up that the money went back.
 * @throws DomainError `illegal_transition` when Stripe returns it, or it is over; `not_found`.
 */
export const recordElsewhereRefund = async (
  req: PayloadRequest,
  { refundId, reference, by }: { refundId: string; reference: string; by: Actor },
): Promise<void> => {
  const { payment, refund } = await lockRefundToChange(req, refundId)
  if (!payment.isPaidElsewhere) {
    throw new DomainError('illegal_transition', 'The payment was made with Stripe, and Stripe returns it.')
  }
  if (refund.status === 'succeeded') {
    const known = await findElsewhereReference(req, refundId)
    if (known === reference) return
    throw new DomainError('illegal_transition', `It was returned already, as ${known ?? 'recorded earlier'}.`)
  }
  if (refund.status !== 'requested') {
    const label = refundStates[refund.status].label.en.toLowerCase()
    throw new DomainError('illegal_transition', `The refund is ${label}, so it cannot be returned.`)
  }
  await settleRefund(req, { payment, refund, state: 'succeeded', objectId: refund.id, elsewhere: { reference, by } })
}
