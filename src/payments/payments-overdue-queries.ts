import { sql } from '@payloadcms/db-postgres'
import { sqlStates, textStates } from '#database/state-lists'
import { isLeftToJob, isWorkGivenUp, lostErrands } from '#outbox/lost-work-queries'
import type { Overdue } from '#outbox/task'
import { accountHeldReasons } from './account/decide-account-state'
import { payableAccounts } from './account/payout-account-states'
import { movedPayouts, openDisputes, paymentsWithRest, refundsUnderWay } from './payment-states'

/**
 * Paid out, changed of late, and by the books not what it should be: a refund without its reversal, one that failed after it,
 * a lost dispute. What the consultant still owes counts as given back.
 */
const unsettledPayouts = sql.raw(`
  SELECT p.id FROM payments p
  WHERE p.payout_status IN (${textStates(movedPayouts)}) AND p.updated_at BETWEEN now() - interval '3 days' AND now() - interval '2 minutes'
    AND NOT EXISTS (SELECT FROM refunds r WHERE r.payment_id = p.id AND r.status IN (${textStates(refundsUnderWay)}))
    AND NOT EXISTS (SELECT FROM disputes d WHERE d.payment_id = p.id AND d.status IN (${textStates(openDisputes)}))
    AND (SELECT coalesce(sum(e.amount * m.consultant), 0) + coalesce(sum(e.amount) FILTER (WHERE m.kind IN ('netted_out', 'netted_in')), 0)
        FROM ledger_entries e JOIN parley.ledger_moves m ON m.kind = e.kind::text WHERE e.payment_id = p.id)
      + (SELECT coalesce(sum(t.amount - t.recovered_amount), 0) FROM transfers t WHERE t.payment_id = p.id AND t.kind = 'receivable') <> 0`)

export const paymentsOverdue: readonly Overdue[] = [
  lostErrands('tell-stripe-of-customer'),
  lostErrands('tidy-saved-cards'),
  {
    select: sql`
      SELECT id FROM payments
      WHERE stripe_fee_amount IS NULL AND stripe_charge_id IS NOT NULL AND succeeded_at > now() - interval '30 days'
        AND updated_at < now() - interval '1 hour'`,
    task: 'look-up-stripe-fee',
    payload: (paymentId) => ({ paymentId }),
  },
  {
    select: sql`
      SELECT r.id FROM refunds r JOIN payments p ON p.id = r.payment_id
      WHERE r.status = 'requested' AND r.updated_at < now() - interval '2 minutes'
        AND p.payment_method IS DISTINCT FROM 'elsewhere'`,
    task: 'run-refund',
    payload: (refundId) => ({ refundId }),
  },
  {
    select: sql`
      SELECT id FROM payments
      WHERE payout_due_at < now() - interval '1 minute'
        AND (payout_status = 'not_due' AND status IN ${sqlStates(paymentsWithRest)}
          OR payout_status = 'due' AND updated_at < now() - interval '2 minutes')`,
    task: 'settle-payout',
    payload: (paymentId) => ({ paymentId }),
  },
  {
    select: sql`
      SELECT DISTINCT payment_id AS id FROM transfers
      WHERE status = 'requested' AND updated_at < now() - interval '2 minutes'`,
    task: 'settle-payout',
    payload: (paymentId) => ({ paymentId }),
  },
  {
    select: sql`
      SELECT p.id FROM payments p LEFT JOIN payout_accounts a ON a.consultant_id = p.consultant_id
      WHERE p.payout_status = 'held' AND p.updated_at < now() - interval '2 minutes'
        AND (p.payout_held_reason IN ${sqlStates(accountHeldReasons)}
            AND a.status IN ${sqlStates(payableAccounts)} AND a.synced_at > p.updated_at
          OR p.payout_held_reason = 'disputed' AND NOT EXISTS (SELECT FROM disputes d
            WHERE d.payment_id = p.id AND d.status IN ${sqlStates(openDisputes)})
          OR p.payout_held_reason = 'by_operations' AND p.payout_is_held_by_operations IS NOT TRUE
          OR p.payout_held_reason = 'no_show_claim' AND p.payout_has_open_claim IS NOT TRUE)`,
    task: 'settle-payout',
    payload: (paymentId) => ({ paymentId }),
  },
  {
    select: sql`SELECT id FROM (${unsettledPayouts}) unsettled`,
    task: 'settle-payout',
    payload: (paymentId) => ({ paymentId }),
  },
  {
    select: sql`
      SELECT id FROM stripe_events WHERE status = 'received' AND received_at < now() - interval '2 minutes'
      UNION ALL
      SELECT e.id FROM stripe_events e
      WHERE status = 'failed' AND received_at > now() - interval '3 days' AND updated_at < now() - interval '2 minutes'
        AND NOT ${isLeftToJob(sql`'stripe-event:' || e.id`)}
        AND NOT ${isWorkGivenUp('stripe-event', sql`e.id`)}`,
    task: 'process-stripe-event',
    payload: (stripeEventId) => ({ stripeEventId }),
  },
]
