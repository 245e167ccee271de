import { DomainError } from '#shared/errors'
import { hasWay, isOneOf } from '#shared/state-table'
import { computeRefundedState } from '../refund/compute-fee-back'
import {
  type DisputeAnswer,
  type DisputeAnswerState,
  disputeMachine,
  disputesForEvidence,
  type DisputeState,
  everCollectedPayments,
  openDisputes,
  type PaymentState,
} from '../payment-states'

export const isOpenDispute = (status: DisputeState): boolean => isOneOf(openDisputes, status)

/** News can be older than what is known already: a dispute never goes back. */
export const decideDisputeState = (known: DisputeState, reported: DisputeState): DisputeState =>
  hasWay(disputeMachine, known, reported) ? reported : known

/**
 * Where a payment stands, given its disputes and what of it is returned.
 * @returns undefined when it was never collected, so that nothing of it can be disputed.
 */
export const decidePaymentState = (
  payment: { status: PaymentState; amount: number },
  { disputes, refunded }: { disputes: readonly { status: DisputeState }[]; refunded: number },
): PaymentState | undefined => {
  if (payment.status === 'chargeback') return 'chargeback'
  if (!isOneOf(everCollectedPayments, payment.status)) return undefined
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
  if (!isOneOf(disputesForEvidence, dispute.status)) return refuse('The bank has our evidence and decides now.')
  if (what === 'evidence' && dispute.evidenceDueBy !== null && dispute.evidenceDueBy < now) {
    return new DomainError('outside_policy', 'The time in which the bank takes evidence is over.')
  }
  return undefined
}
