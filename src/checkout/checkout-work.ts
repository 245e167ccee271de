import type { Work } from '#outbox/task'
import { checkoutOverdue } from './checkout-overdue-queries'
import { closeRefundedSession } from './close-refunded-session'
import { carryOutAnswer } from './dispute/answer-dispute'
import {
  completeEndedSession,
  expireUnauthorizedSession,
  expireUnconfirmedSession,
  expireUnopenedSession,
  expireUnpaidSession,
} from './expire-session'
import { followPayout } from './messages/follow-payout'
import { followPayoutAccount } from './messages/follow-payout-account'
import { reconcile } from './reconciliation/reconcile'
import { settlePayment } from './settle-payment'
import { processStripeEvent } from './stripe-events/process-stripe-event'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    'expire-authorization': { sessionId: string }
    'close-refunded-session': { sessionId: string }
    'settle-payment': { paymentId: string }
    /** Tells the bank what operations have decided about a dispute. */
    'answer-dispute': { disputeId: string }
    /** Compares the books with Stripe. Without a run (the nightly one): the one that is running, or a new one. */
    reconcile: { runId?: string }
  }
}

export const checkoutWork = {
  tasks: {
    'process-stripe-event': (payload, { stripeEventId }) => processStripeEvent(payload, stripeEventId),
    'expire-payment': (payload, { sessionId }) => expireUnpaidSession(payload, sessionId),
    'expire-confirmation': (payload, { sessionId }) => expireUnconfirmedSession(payload, sessionId),
    'expire-unopened': (payload, { sessionId }) => expireUnopenedSession(payload, sessionId),
    'expire-authorization': (payload, { sessionId }) => expireUnauthorizedSession(payload, sessionId),
    'complete-session': (payload, { sessionId }) => completeEndedSession(payload, sessionId),
    'close-refunded-session': (payload, { sessionId }) => closeRefundedSession(payload, sessionId),
    'settle-payment': (payload, { paymentId }) => settlePayment(payload, paymentId),
    'answer-dispute': (payload, { disputeId }) => carryOutAnswer(payload, disputeId),
    'follow-payout': followPayout,
    'follow-payout-account': followPayoutAccount,
    reconcile: (payload, { runId }) => reconcile(payload, runId),
  },
  schedule: { reconcile: '47 2 * * *' },
  overdue: checkoutOverdue,
} satisfies Work
