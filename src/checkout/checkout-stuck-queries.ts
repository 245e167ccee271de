import { sql } from '@payloadcms/db-postgres'
import { sqlStates } from '#database/state-lists'
import { enqueue } from '#outbox/enqueue'
import { aboutSql, nextTrySql } from '#outbox/stuck-job-queries'
import { foundBySweep, lateAfter, type StuckKind, type StuckWork } from '#outbox/stuck-work'
import { openDisputes } from '#payments/payment-states'
import { answerDispute } from './dispute/answer-dispute'

const answers: StuckKind = {
  label: 'Answers to the bank',
  title: (what) => (what === 'accept' ? 'Conceding a dispute' : 'Evidence in a dispute'),
  select: sql`
    SELECT d.id::text AS id, d.answer_kind::text AS what, 'stripe' AS provider, coalesce(d.answer_requested_at, d.updated_at) AS since,
      coalesce(d.answer_attempt, 0)::int AS tries, ${nextTrySql(sql`'answer-dispute:' || d.id`)} AS next_at,
      d.answer_failure_reason AS error, d.answer_status = 'failed' AS is_over,
      ${aboutSql({ disputes: sql`d.id`, payments: sql`d.payment_id`, 'scheduled-sessions': sql`d.scheduled_session_id` })} AS about
    FROM disputes d
    WHERE d.status IN ${sqlStates(openDisputes)}
      AND (d.answer_status = 'failed' OR d.answer_status = 'requested' AND d.updated_at < now() - ${sql.raw(lateAfter)})`,
  tryAgain: {
    follows: () => 'The same answer is given once more, with the evidence as it is now.',
    run: async (req, { id, what, isOver }, { actor }) => {
      if (isOver) await answerDispute(req, { disputeId: id, kind: what === 'accept' ? 'accept' : 'evidence', actor })
      else await enqueue(req, { task: 'answer-dispute', payload: { disputeId: id }, key: `answer-dispute:${id}` })
      return true
    },
  },
  giveUp: {
    follows: () => 'The bank hears nothing more. A dispute without evidence is lost when its time is over.',
    refuses: ({ isOver }) =>
      isOver ? undefined : 'The answer may be with the bank already, so it cannot be given up.',
    run: () => Promise.resolve(true),
  },
}

const deadline = 'Only this job is removed: the deadline is looked at again every minute.'

export const checkoutStuck = {
  kinds: { 'dispute-answer': answers },
  tasks: {
    'answer-dispute': {
      label: 'Answering a dispute',
      provider: 'stripe',
      isShownByKind: true,
      ifGivenUp: foundBySweep,
    },
    'expire-payment': { label: 'Ending a session that was not paid', provider: 'stripe', ifGivenUp: deadline },
    'expire-confirmation': { label: 'Ending a session that was not confirmed', ifGivenUp: deadline },
    'expire-unopened': { label: 'Ending a booking whose mailed link was not opened', ifGivenUp: deadline },
    'expire-authorization': { label: 'Ending an authorisation', provider: 'stripe', ifGivenUp: deadline },
    'complete-session': { label: 'Completing a session', ifGivenUp: deadline },
    'close-refunded-session': { label: 'Closing a session that was returned in full', ifGivenUp: foundBySweep },
    'settle-payment': { label: 'Settling a payment', provider: 'stripe', ifGivenUp: foundBySweep },
    'follow-payout': {
      label: 'Telling people of a payout',
      ifGivenUp: 'Nobody is told of this payout; the payout itself is not touched.',
    },
    'follow-payout-account': {
      label: 'Telling people of a payout account',
      ifGivenUp: 'Nobody is told of this change; the account itself is not touched.',
    },
    reconcile: {
      label: 'Comparing the books with Stripe',
      provider: 'stripe',
      ifGivenUp: 'The next comparison, at night, covers its time.',
    },
  },
} satisfies StuckWork
