import type { DomainError } from '#shared/errors'
import { computeFeeBack } from './compute-fee-back'
import { decideRefund } from './decide-refund'
import type { PaymentFacts } from '../payment-record-queries'

/** What a refund would do; amounts in minor units of the payment's currency. */
export type RefundPreview = {
  refusal: DomainError | undefined
  amount: number
  platformFeeBack: number
  consultantPayoutBack: number
  /** What of it is taken back from what the consultant was paid out already. */
  payoutTakenBack: number
  /** What could still be refunded afterwards. */
  left: number
}

/** What was paid out for a payment and not taken back; set off against a debt is as good as paid. */
const paidOutOf = ({ paidOutAmount, reversedAmount, nettedAmount }: PaymentFacts): number =>
  paidOutAmount - reversedAmount + nettedAmount

/** What refunding so much of a payment (undefined = all that is left) would do at this moment. Pure. */
export const previewRefund = (payment: PaymentFacts, amount: number | undefined): RefundPreview => {
  const refunded = payment.committedAmount
  const decision = decideRefund({ payment, refunded, amount })
  if (decision.refusal) {
    const left = Math.max(0, payment.amount - refunded)
    return {
      refusal: decision.refusal,
      amount: 0,
      platformFeeBack: 0,
      consultantPayoutBack: 0,
      payoutTakenBack: 0,
      left: payment.succeededAt === null ? 0 : left,
    }
  }
  const after = refunded + decision.amount
  const shareAfter = payment.consultantPayoutAmount - (after - computeFeeBack(payment, after))
  const excess = Math.max(0, paidOutOf(payment) - shareAfter)
  return {
    refusal: undefined,
    ...decision,
    // What earlier refunds have still to take back is theirs.
    payoutTakenBack: Math.min(excess, decision.consultantPayoutBack),
  }
}
