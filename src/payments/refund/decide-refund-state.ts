import { hasWay } from '#shared/state-table'
import { refundMachine, refundStates, type RefundState } from '../payment-states'

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

/** Whatever took a refund back that was returned, the money is with the platform again: it failed. */
const storedState = (known: RefundState, reported: RefundState): RefundState =>
  refundStates[known].money === 'returned' && refundStates[reported].money === 'none' ? 'failed' : reported

/**
 * The state that a refund comes into, given what Stripe says of it; undefined when that is no news: what was read earlier may be
 * recorded later, and the table of states has no way back. Pure.
 * @throws Error when Stripe has made a refund that counts as never made: nobody but a person can tell what happened.
 */
export const decideRefundState = (
  refund: { reference: string; status: RefundState; stripeRefundId: string | null },
  truth: { id: string; status: string | null },
): RefundState | undefined => {
  const state = storedState(refund.status, stateOf(truth.status))
  const isOver = refundStates[refund.status].money === 'none'
  if (isOver && refund.stripeRefundId === null && refundStates[state].money !== 'none') {
    throw new Error(`Refund ${refund.reference} is ${refund.status}, but Stripe has made it (${truth.id}).`)
  }
  return hasWay(refundMachine, refund.status, state) ? state : undefined
}
