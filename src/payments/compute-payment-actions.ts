import type { PaymentFacts } from './payment-record-queries'
import type { PaymentState, PayoutState, RefundState } from './payment-states'
import type { PaymentViewer } from './compute-payment-timeline'

export type PaymentAction = 'refund' | 'retry_refund' | 'hold_payout' | 'release_payout' | 'retry_payout' | 'refresh'

const refundable: readonly PaymentState[] = ['succeeded', 'partially_refunded']
const collected: readonly PaymentState[] = ['succeeded', 'partially_refunded', 'refunded', 'disputed']
const unpaid: readonly PayoutState[] = ['not_due', 'due', 'held']

/** What staff may do with a payment now; everybody else only looks. The commands decide again. */
export const computePaymentActions = (
  payment: Pick<
    PaymentFacts,
    'status' | 'amount' | 'committedAmount' | 'payoutStatus' | 'isHeldByOperations' | 'checkoutSessionId'
  >,
  { viewer, refunds }: { viewer: PaymentViewer; refunds: readonly { status: RefundState }[] },
): PaymentAction[] => {
  if (viewer !== 'staff') return []
  const isRefundable = refundable.includes(payment.status) && payment.committedAmount < payment.amount
  const isPayoutOpen = collected.includes(payment.status) && unpaid.includes(payment.payoutStatus)
  const may: Record<PaymentAction, boolean> = {
    refund: isRefundable,
    retry_refund: isRefundable && refunds.some(({ status }) => status === 'failed'),
    hold_payout: isPayoutOpen && !payment.isHeldByOperations,
    release_payout: isPayoutOpen && payment.isHeldByOperations,
    retry_payout: isPayoutOpen && payment.payoutStatus === 'held' && !payment.isHeldByOperations,
    refresh: payment.checkoutSessionId !== null,
  }
  // Object.keys gives string[]; the table's keys are exactly the actions.
  return (Object.keys(may) as PaymentAction[]).filter((action) => may[action])
}
