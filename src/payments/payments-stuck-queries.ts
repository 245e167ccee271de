import { sql } from '@payloadcms/db-postgres'
import { sqlStates } from '#database/state-lists'
import { cancelJobs, enqueue } from '#outbox/enqueue'
import { aboutSql, nextTrySql } from '#outbox/stuck-job-queries'
import {
  cannotGiveUp,
  foundBySweep,
  lateAfter,
  type StuckKind,
  type StuckRow,
  type StuckWork,
} from '#outbox/stuck-work'
import { holdPayout, retryPayout } from './payout/change-payout'
import { settlePayoutJob } from './payout/settle-payout-job'
import { refundsUnderWay } from './payment-states'
import { retryRefund } from './refund/change-refund'
import { failOpenEvent } from './stripe-events/stripe-event-queries'
import { replayStripeEvent } from './stripe-events/receive-stripe-event'

const late = sql.raw(lateAfter)
const stays = 'Only this job is removed, and the money is still to be moved: the worker starts it anew.'

const stripeEvents: StuckKind = {
  label: 'Stripe events',
  title: (what) => `Stripe event ${what}`,
  select: sql`
    SELECT e.id::text AS id, e.type AS what, 'stripe' AS provider, e.received_at AS since, coalesce(e.attempts, 0)::int AS tries,
      ${nextTrySql(sql`'stripe-event:' || e.id`)} AS next_at, e.error, e.status = 'failed'
        AND ${nextTrySql(sql`'stripe-event:' || e.id`)} IS NULL AS is_over,
      ${aboutSql({ 'stripe-events': sql`e.id` })} AS about
    FROM stripe_events e
    WHERE e.status = 'failed' OR e.status = 'received' AND e.updated_at < now() - ${late}`,
  tryAgain: {
    follows: () => 'What it speaks of is read from Stripe anew, and what is done already is not done again.',
    run: async (req, { id }) => (await replayStripeEvent(req, id)).length > 0,
  },
  giveUp: {
    follows: () =>
      'Parley does not follow this event any more. Where it spoke of money, the nightly comparison with Stripe shows what is missing.',
    refuses: ({ error }) => (error === null ? 'It was not tried yet: it waits for a worker. Start one.' : undefined),
    run: async (req, { id }) => {
      await failOpenEvent(req, id)
      await cancelJobs(req, `stripe-event:${id}`, `sweep:process-stripe-event:${id}`)
      return true
    },
  },
}

const wasRefused = ({ isOver }: StuckRow): boolean => isOver

const refunds: StuckKind = {
  label: 'Refunds',
  title: () => 'Refund',
  select: sql`
    SELECT r.id::text AS id, 'refund' AS what, 'stripe' AS provider, r.requested_at AS since, coalesce(r.attempt, 0)::int AS tries,
      ${nextTrySql(sql`'run-refund:' || r.id`)} AS next_at, r.failure_reason AS error, r.status = 'failed' AS is_over,
      ${aboutSql({
        refunds: sql`r.id`,
        payments: sql`r.payment_id`,
        'scheduled-sessions': sql`r.scheduled_session_id`,
        customers: sql`r.customer_id`,
      })} AS about
    FROM refunds r JOIN payments p ON p.id = r.payment_id
    WHERE r.status = 'failed' AND NOT EXISTS (SELECT FROM refunds later WHERE later.retry_of_id = r.id)
      OR r.status = 'requested' AND r.updated_at < now() - ${late} AND p.payment_method IS DISTINCT FROM 'elsewhere'`,
  tryAgain: {
    follows: (row) =>
      wasRefused(row)
        ? 'Another refund of the same amount is made in its place, once. The card or the balance must be able to take it by now.'
        : 'Stripe is asked once more, under the same key, so that the money goes back once.',
    run: async (req, row, { actor }) => {
      if (wasRefused(row)) await retryRefund(req, { refundId: row.id, by: actor })
      else await enqueue(req, { task: 'run-refund', payload: { refundId: row.id }, key: `run-refund:${row.id}` })
      return true
    },
  },
  giveUp: {
    follows: () =>
      'Stripe is not asked again, and the books go on saying that the customer was not given this money. Return it another way, and write into the reason how.',
    refuses: (row) =>
      wasRefused(row)
        ? undefined
        : 'This money is still to be returned, so it cannot be given up here. To keep it, cancel the refund on the page of its payment.',
    run: () => Promise.resolve(true),
  },
}

const payouts: StuckKind = {
  label: 'Payouts',
  title: () => 'Payout to a consultant',
  select: sql`
    SELECT p.id::text AS id, 'payout' AS what, 'stripe' AS provider, coalesce(p.payout_due_at, p.updated_at) AS since,
      (SELECT count(*)::int FROM transfers t WHERE t.payment_id = p.id AND t.kind = 'transfer' AND t.status = 'failed') AS tries,
      ${nextTrySql(sql`'settle-payout:' || p.id`)} AS next_at, p.payout_held_note AS error, p.payout_status = 'held' AS is_over,
      ${aboutSql({
        payments: sql`p.id`,
        'scheduled-sessions': sql`p.scheduled_session_id`,
        'consultant-profiles': sql`p.consultant_id`,
      })} AS about
    FROM payments p
    WHERE p.payout_status = 'held' AND p.payout_held_reason = 'refused' OR p.payout_status = 'due' AND p.updated_at < now() - ${late}
      AND NOT EXISTS (SELECT FROM refunds r WHERE r.payment_id = p.id AND r.status IN ${sqlStates(refundsUnderWay)})`,
  tryAgain: {
    follows: () => 'What is owed is computed anew and transferred, once.',
    run: async (req, row, { actor }) => {
      if (wasRefused(row)) await retryPayout(req, { paymentId: row.id, actor })
      else await enqueue(req, settlePayoutJob(row.id, { by: actor }))
      return true
    },
  },
  giveUp: {
    follows: () =>
      'The payout is held by operations, with your reason, until somebody releases it on the page of its payment. The consultant is still owed it.',
    refuses: (row) =>
      wasRefused(row) ? undefined : 'It is still to be made. To keep it back, hold it on its payment.',
    run: async (req, row, { actor, reason }) => {
      await holdPayout(req, { paymentId: row.id, actor, reason })
      return true
    },
  },
}

const transfers: StuckKind = {
  label: 'Transfers',
  title: (what) => (what === 'reversal' ? 'Payout to be taken back' : 'Transfer to a consultant'),
  select: sql`
    SELECT t.id::text AS id, t.kind::text AS what, 'stripe' AS provider, t.requested_at AS since, 0 AS tries,
      ${nextTrySql(sql`'settle-payout:' || t.payment_id`)} AS next_at, t.failure_reason AS error, false AS is_over,
      ${aboutSql({
        transfers: sql`t.id`,
        payments: sql`t.payment_id`,
        'scheduled-sessions': sql`t.scheduled_session_id`,
        'consultant-profiles': sql`t.consultant_id`,
      })} AS about
    FROM transfers t WHERE t.status = 'requested' AND t.updated_at < now() - ${late}`,
  tryAgain: {
    follows: () => 'Stripe is asked once more, under the same key, so that the money moves once.',
    run: async (req, { about }, { actor }) => {
      const payment = about.find(({ collection }) => collection === 'payments')
      if (!payment) return false
      await enqueue(req, settlePayoutJob(payment.id, { by: actor }))
      return true
    },
  },
  giveUp: cannotGiveUp('Stripe may have made it already, so it has to be asked: it cannot be given up.'),
}

export const paymentsStuck = {
  kinds: { 'stripe-event': stripeEvents, refund: refunds, payout: payouts, transfer: transfers },
  tasks: {
    'count-money-faults': { label: 'Looking for faults in the books', ifGivenUp: 'It is done again every hour.' },
    'run-refund': { label: 'Making a refund', provider: 'stripe', isShownByKind: true, ifGivenUp: stays },
    'settle-payout': { label: 'Settling a payout', provider: 'stripe', ifGivenUp: stays },
    'process-stripe-event': {
      label: 'Following an event of Stripe',
      provider: 'stripe',
      isShownByKind: true,
      ifGivenUp: 'Only this job is removed: the event itself stays in this list.',
    },
    'look-up-stripe-fee': { label: "Reading Stripe's fee", provider: 'stripe', ifGivenUp: foundBySweep },
    'sync-payout-account': {
      label: 'Reading a payout account',
      provider: 'stripe',
      ifGivenUp: 'The account is read again within a day.',
    },
    'sync-stale-payout-accounts': {
      label: 'Reading all payout accounts',
      provider: 'stripe',
      ifGivenUp: 'It is done again tomorrow.',
    },
    'tell-stripe-of-customer': {
      label: "Telling Stripe a customer's new name or address",
      provider: 'stripe',
      ifGivenUp: 'Stripe goes on with what it knew until the customer changes again.',
    },
    'tidy-saved-cards': {
      label: 'Removing a card that was saved twice',
      provider: 'stripe',
      ifGivenUp: 'The card stays saved twice.',
    },
  },
} satisfies StuckWork
