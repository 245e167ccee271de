import { isOneOf } from '#shared/state-table'
import type { PaymentViewer } from './compute-payment-timeline'
import { decidePayoutChange } from './payout/decide-payout-change'
import { decideRefund } from './refund/decide-refund'
import type { PaymentRecords, RefundRecord } from './payment-record-queries'
import { everCollectedPayments } from './payment-states'

export const paymentActions = ['refund', 'hold_payout', 'release_payout', 'retry_payout', 'refresh'] as const
export type PaymentAction = (typeof paymentActions)[number]
export const refundActions = ['retry', 'cancel', 'returned'] as const
export type RefundAction = (typeof refundActions)[number]

type Facts = Pick<PaymentRecords, 'payment' | 'refunds' | 'transfers'>

const mayRefund = ({ payment }: Facts, amount?: number): boolean =>
  decideRefund({ payment, refunded: payment.committedAmount, amount }).refusal === undefined

/** What staff may do with a payment now; everybody else only looks. The commands decide again, by the same rules. */
export const computePaymentActions = (facts: Facts, viewer: PaymentViewer): PaymentAction[] => {
  if (viewer !== 'staff') return []
  const { payment, transfers } = facts
  const payout = {
    status: payment.payoutStatus,
    heldReason: payment.heldReason,
    isHeldByOperations: payment.isHeldByOperations,
    isUnderWay: transfers.some(({ status }) => status === 'requested'),
  }
  const mayChange = (change: 'hold' | 'release' | 'retry') =>
    // Before the money is there, there is no share of it to keep back.
    isOneOf(everCollectedPayments, payment.status) && decidePayoutChange(payout, change) === undefined
  const may: Record<PaymentAction, boolean> = {
    refund: mayRefund(facts),
    hold_payout: mayChange('hold'),
    release_payout: mayChange('release'),
    retry_payout: mayChange('retry'),
    refresh: payment.checkoutSessionId !== null,
  }
  return paymentActions.filter((action) => may[action])
}

/** What staff may do with one refund of a payment now. */
export const computeRefundActions = (refund: RefundRecord, facts: Facts, viewer: PaymentViewer): RefundAction[] => {
  if (viewer !== 'staff') return []
  if (refund.status === 'requested' && refund.askedAt === null) {
    return facts.payment.isPaidElsewhere ? ['returned', 'cancel'] : ['cancel']
  }
  return refund.status === 'failed' && !refund.hasRetry && mayRefund(facts, refund.amount) ? ['retry'] : []
}
