import { computeCaptureDeadline } from '#payments/charge/capture-deadline'
import { type PaymentState, uncoveredPayments } from '#payments/payment-states'
import { DomainError } from '#shared/errors'
import { isOneOf } from '#shared/state-table'

/**
 * Whether a yes to a session is covered by its payment: one that nobody has paid or authorised, or whose card cannot be charged any
 * more, would be at no charge. Instants are epoch milliseconds.
 * @returns the refusal, or undefined.
 */
export const decideConfirmation = (args: {
  paymentStatus: PaymentState | null
  /** Until when an authorised price can be charged. */
  captureBefore: number | null
  now: number
}): DomainError | undefined => {
  const { paymentStatus, captureBefore, now } = args
  if (paymentStatus === 'authorized' && captureBefore !== null && computeCaptureDeadline(captureBefore) <= now) {
    return new DomainError(
      'illegal_transition',
      "The reservation on the customer's card has run out, so it can no longer be charged. The booking ends by itself, and the customer is told.",
    )
  }
  if (!isOneOf(uncoveredPayments, paymentStatus)) return undefined
  return new DomainError('illegal_transition', 'The customer has not authorised the payment yet.')
}
