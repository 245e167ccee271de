import { runErrand } from '#outbox/follow-errand'
import type { Work } from '#outbox/task'
import type { Errand } from '#outbox/task-payloads'
import type { Actor } from '#shared/actor'
import { syncPayoutAccount, syncStaleAccounts } from './account/sync-payout-account'
import { tellStripeOfCustomer } from './cards/ensure-stripe-customer'
import { tidySavedCards } from './cards/sync-saved-cards'
import { lookUpStripeFee } from './charge/record-stripe-fee'
import { countMoneyFaults } from './ledger/money-fault-queries'
import { paymentsOverdue } from './payments-overdue-queries'
import { settlePayout } from './payout/settle-payout'
import { deleteOldReconciliations } from './reconciliation/reconciliation-queries'
import { carryOutRefund } from './refund/carry-out-refund'
import { deleteOldEvents } from './stripe-events/stripe-event-queries'

declare module '#outbox/task-payloads' {
  interface TaskPayloads {
    'sync-payout-account': { payoutAccountId: string }
    'sync-stale-payout-accounts': Record<string, never>
    /** A customer's name, address or language changed. */
    'tell-stripe-of-customer': Errand<{ customerId: string }>
    /** A card was saved twice. */
    'tidy-saved-cards': Errand<{ customerId: string }>
    /** Makes what was paid out for a payment what it should be; `by` whom, when somebody asked for it. */
    'settle-payout': { paymentId: string; by?: Actor }
    'look-up-stripe-fee': { paymentId: string }
    /** Counts the contradictions in the books, for whoever watches from outside. */
    'count-money-faults': Record<string, never>
    'run-refund': { refundId: string }
    /** An event of Stripe was stored; which handlers there are is known above. */
    'process-stripe-event': { stripeEventId: string }
  }
}

export const paymentsWork = {
  tasks: {
    'run-refund': (payload, { refundId }) => carryOutRefund(payload, refundId),
    'settle-payout': settlePayout,
    'look-up-stripe-fee': (payload, { paymentId }) => lookUpStripeFee(payload, paymentId),
    'count-money-faults': (payload) => countMoneyFaults(payload),
    'sync-payout-account': (payload, { payoutAccountId }) => syncPayoutAccount(payload, payoutAccountId),
    'sync-stale-payout-accounts': (payload) => syncStaleAccounts(payload),
    'tell-stripe-of-customer': runErrand<'tell-stripe-of-customer'>((payload, { customerId }) =>
      tellStripeOfCustomer(payload, customerId),
    ),
    'tidy-saved-cards': runErrand<'tidy-saved-cards'>((payload, { customerId }) => tidySavedCards(payload, customerId)),
  },
  schedule: { 'sync-stale-payout-accounts': '41 4 * * *', 'count-money-faults': '23 * * * *' },
  overdue: paymentsOverdue,
  tidy: [deleteOldEvents, deleteOldReconciliations],
} satisfies Work
