import { DomainError } from '#shared/errors'
import { computeRefundedState } from '../refund/compute-fee-back'
import { isReachable } from '../payout/compute-reachable'
import {
  type DisputeAnswer,
  type DisputeAnswerState,
  type DisputeState,
  disputeStates,
  type PaymentState,
} from '../payment-states'

const open: readonly DisputeState[] = ['inquiry', 'needs_response', 'under_review']

export const isOpenDispute = (status: DisputeState): boolean => open.includes(status)

/** News can be older than what is known already: a dispute never goes back. */
export const decideDisputeState = (known: DisputeState, reported: DisputeState): DisputeState =>
  isReachable(disputeStates, known, reported) ? reported : known

const collected: readonly PaymentState[] = ['succeeded', 'partially_refunded', 'refunded', 'disputed']

/**
 * Where a payment stands, given its disputes and what of it is returned.
 * @returns undefined when it was never collected, so that nothing of it can be disputed.
 */
export const decidePaymentState = (
  payment: { status: PaymentState; amount: number },
  { disputes, refunded }: { disputes: readonly { status: DisputeState }[]; refunded: number },
): PaymentState | undefined => {
  if (payment.status === 'chargeback') return 'chargeback'
  if (!collected.includes(payment.status)) return undefined
  if (disputes.some(({ status }) => isOpenDispute(status))) return 'disputed'
  if (disputes.some(({ status }) => status === 'lost')) return 'chargeback'
  return computeRefundedState(payment, refunded)
}

/**
 * Whether operations may do that with a dispute now.
 * @returns the refusal, or undefined.
 */
export const decideDisputeAnswer = (
  dispute: {
    status: DisputeState
    answerStatus: DisputeAnswerState | null
    /** Epoch ms. */
    evidenceDueBy: number | null
  },
  { what, now }: { what: DisputeAnswer | 'refresh'; now: number },
): DomainError | undefined => {
  const refuse = (message: string) => new DomainError('illegal_transition', message)
  if (!isOpenDispute(dispute.status)) return refuse('The dispute is decided: nothing can be added to it.')
  if (dispute.answerStatus === 'requested') return refuse('An answer is on its way to the bank.')
  if (what === 'refresh') return undefined
  if (dispute.status === 'under_review') return refuse('The bank has our evidence and decides now.')
  if (what === 'evidence' && dispute.evidenceDueBy !== null && dispute.evidenceDueBy < now) {
    return new DomainError('outside_policy', 'The time in which the bank takes evidence is over.')
  }
  return undefined
}
