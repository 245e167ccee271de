import { awaitedPayments, paymentStates, type PaymentState, uncoveredPayments } from '#payments/payment-states'
import type { CheckoutFacts } from '#payments/stripe/checkout-facts'
import { isOneOf, nextStates } from '#shared/state-table'
import { pricedSessions, sessionMachine, sessionRow, type SessionState } from '#sessions/session-states'

/** What Stripe says of a checkout when it is read now. */
export type CheckoutTruth = Pick<CheckoutFacts, 'outcome' | 'amount' | 'currency'>

export type Fulfilment =
  | { payment: PaymentState; session: 'schedule' | 'reclaim' | 'refund' | 'keep' | 'void' | 'lapse' }
  | { mismatch: string }
  | 'nothing'

/** What a paid checkout means for the session: its time is ours, may have to be claimed again, or is given up for good. */
const afterPayment = (session: SessionState) => {
  if (nextStates(sessionMachine, session, 'payment').includes('scheduled')) {
    return sessionRow(session).phase === 'waiting' ? ('schedule' as const) : ('reclaim' as const)
  }
  // A capture that comes late (the worker was down) must not be sent back.
  return isOneOf(pricedSessions, session) ? ('keep' as const) : ('refund' as const)
}

/**
 * What to do with a payment and its session, given what Stripe says. Only forward: asked again, or late, or out of order, it
 * answers `nothing`. Money is never kept for nothing: whatever was paid for a session that is over goes back.
 */
export const decideFulfilment = (args: {
  checkout: CheckoutTruth
  payment: { status: PaymentState; amount: number; currency: string }
  session: SessionState
}): Fulfilment => {
  const { checkout, payment, session } = args
  const isUndecided = isOneOf(uncoveredPayments, payment.status)
  const isAwaited = isOneOf(awaitedPayments, payment.status)
  const isReserved = paymentStates[payment.status].money === 'reserved'
  const isCollected = checkout.outcome === 'paid' || checkout.outcome === 'authorized'
  if (isCollected && (checkout.amount !== payment.amount || checkout.currency !== payment.currency)) {
    return {
      mismatch: `Stripe has ${checkout.amount} ${checkout.currency}, the payment ${payment.amount} ${payment.currency}.`,
    }
  }
  switch (checkout.outcome) {
    case 'paid':
      if (!isUndecided && !isReserved) return 'nothing'
      return { payment: 'succeeded', session: afterPayment(session) }
    case 'authorized':
      if (!isUndecided) return 'nothing'
      return { payment: 'authorized', session: sessionRow(session).waitsFor === 'confirmation' ? 'keep' : 'void' }
    case 'processing':
      return payment.status === 'pending' ? { payment: 'processing', session: 'keep' } : 'nothing'
    case 'failed':
      // The card was reserved, and Stripe has let it go: nobody can charge it any more.
      if (isReserved) return { payment: 'cancelled', session: 'lapse' }
      return isAwaited ? { payment: 'failed', session: 'keep' } : 'nothing'
    case 'expired':
      return isAwaited ? { payment: 'cancelled', session: 'keep' } : 'nothing'
    case 'open':
      return 'nothing'
  }
}
