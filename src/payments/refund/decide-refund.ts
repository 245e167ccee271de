import { DomainError } from '#shared/errors'
import { currencyRules, formatMoney, isValidAmount } from '#shared/money'
import { isOneOf } from '#shared/state-table'
import { computeFeeBack } from './compute-fee-back'
import { collectedPayments, type PaymentState, paymentStates } from '../payment-states'

/** What a refund is decided from; amounts in minor units. */
export type RefundFacts = {
  payment: { status: PaymentState; amount: number; currency: string; platformFeeAmount: number }
  /** Returned or on its way back. */
  refunded: number
  /** What is asked for; undefined = all that is left. */
  amount: number | undefined
}

export type RefundDecision =
  | { refusal: DomainError }
  | {
      refusal?: undefined
      amount: number
      /** What the platform and the consultant bear of it, as things are now; they add up to it. */
      platformFeeBack: number
      consultantPayoutBack: number
      /** What could still be refunded after it. */
      left: number
    }

const refuse = (message: string): RefundDecision => ({ refusal: new DomainError('outside_policy', message) })

const refuseAmount = (code: 'invalid_request' | 'outside_policy', message: string, hint: string): RefundDecision => ({
  refusal: new DomainError(code, message, { errors: [{ path: 'amount', message: hint }] }),
})

/** Whether so much of a payment can be returned now, and who bears it. Pure. */
export const decideRefund = ({ payment, refunded, amount }: RefundFacts): RefundDecision => {
  const { currency, status } = payment
  if (status === 'disputed') {
    return refuse('The payment is disputed: nothing can be refunded until that is decided.')
  }
  if (status === 'authorized') {
    return refuse('The card is not charged yet: decline or cancel the session, and it never will be.')
  }
  if (!isOneOf(collectedPayments, status)) {
    return refuse(`A payment that is ${paymentStates[status].label.en.toLowerCase()} cannot be refunded.`)
  }
  const left = Math.max(0, payment.amount - refunded)
  if (left === 0) return refuse('Nothing is left to refund: all of it is returned or on its way.')
  const asked = amount ?? left
  if (!isValidAmount(asked, currency) || asked === 0) {
    const { step } = currencyRules(currency)
    const unit = step === 1 ? 'a whole number' : `a multiple of ${step}`
    return refuseAmount(
      'invalid_request',
      'The amount is not one of this currency.',
      `must be ${unit} of minor units of ${currency}, more than 0`,
    )
  }
  if (asked > left) {
    return refuseAmount(
      'outside_policy',
      `At most ${formatMoney({ amount: left, currency }, 'en')} can still be refunded.`,
      `must be at most ${left}`,
    )
  }
  const platformFeeBack = computeFeeBack(payment, refunded + asked) - computeFeeBack(payment, refunded)
  return { amount: asked, platformFeeBack, consultantPayoutBack: asked - platformFeeBack, left: left - asked }
}
