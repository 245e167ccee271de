import type { RefundState } from '../payment-states'

const stateOf = (status: string | null): RefundState => {
  switch (status) {
    case 'succeeded':
      return 'succeeded'
    case 'failed':
      return 'failed'
    case 'canceled':
      return 'cancelled'
    default:
      return 'pending'
  }
}

/** Later states win: what was read earlier may be recorded later. */
const rank: Record<RefundState, number> = { requested: 0, pending: 1, succeeded: 2, failed: 3, cancelled: 3 }

/**
 * The state that a refund comes into, given what Stripe says of it; undefined when that is no news. Pure.
 * @throws Error when Stripe has made a refund that counts as never made: nobody but a person can tell what happened.
 */
export const decideRefundState = (
  refund: { reference: string; status: RefundState; stripeRefundId: string | null },
  truth: { id: string; status: string | null },
): RefundState | undefined => {
  const state = stateOf(truth.status)
  const isOver = refund.status === 'failed' || refund.status === 'cancelled'
  if (isOver && refund.stripeRefundId === null && (state === 'pending' || state === 'succeeded')) {
    throw new Error(`Refund ${refund.reference} is ${refund.status}, but Stripe has made it (${truth.id}).`)
  }
  return rank[state] > rank[refund.status] ? state : undefined
}
