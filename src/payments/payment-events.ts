import type { DomainEventName } from '#events/domain-events'
import { isOneOf } from '#shared/state-table'
import { everCollectedPayments, type PaymentState, paymentStates } from './payment-states'

declare module '#events/domain-events' {
  interface DomainEvents {
    'payment.succeeded': { paymentId: string; reference: string }
    'payment.failed': { paymentId: string; reference: string }
    'payment.refunded': { paymentId: string; refundId: string; refundReference: string }
    'payment.disputed': { paymentId: string; reference: string; disputeId: string }
    'payout.paid': { paymentId: string; reference: string }
    'payout.held': { paymentId: string; reference: string }
  }
}

/** What is announced of money, and when. */
export const moneyDomainEvents: Readonly<
  Record<Extract<DomainEventName, `${'payment' | 'payout'}.${string}`>, string>
> = {
  'payment.succeeded': 'The price was collected: by card, by debit, from a reservation, or elsewhere.',
  'payment.failed': 'A try to pay failed; the customer may try again.',
  'payment.refunded': 'All or a part of a payment has gone back to the customer; once for each refund.',
  'payment.disputed': 'A bank disputes a payment, or asks about it; once for each dispute.',
  'payout.paid': "The consultant's share of a payment was transferred, or set off against a debt.",
  'payout.held': "The consultant's share of a payment waits, or waits for another reason than before.",
}

/** What is announced of a payment that has come from one state into another. What was collected before is no news. */
export const computePaymentEvent = (from: PaymentState, to: PaymentState) =>
  isOneOf(everCollectedPayments, from) ? null : paymentStates[to].event
