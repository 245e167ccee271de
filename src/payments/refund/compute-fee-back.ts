import { apportionFeeBack } from '#shared/money'
import type { PaymentState } from '../payment-states'

/** A price and the platform's part of it, as they were frozen with the booking; minor units. */
type FeeOfPrice = { amount: number; currency: string; platformFeeAmount: number }

/**
 * What the platform bears of all that was returned of a payment. Each refund bears what this grows by when it succeeds, and
 * gives back what it shrinks by when it fails later, so that any sequence of them adds up to this exactly.
 * @param refunded in all, minor units. @throws RangeError when more was returned than was paid.
 */
export const computeFeeBack = (payment: FeeOfPrice, refunded: number): number =>
  apportionFeeBack({ ...payment, refundedSoFar: 0, feeBackSoFar: 0, refundAmount: refunded }).platformFeeBack

/** The state of a collected payment of which so much is returned. */
export const computeRefundedState = (payment: { amount: number }, refunded: number): PaymentState => {
  if (refunded === 0) return 'succeeded'
  return refunded >= payment.amount ? 'refunded' : 'partially_refunded'
}
