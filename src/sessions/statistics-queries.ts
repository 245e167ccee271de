import type { Payload } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { textStates } from '#database/state-lists'
import { withTransaction } from '#database/transactions'
import { collectedPayments, countedRefunds } from '#payments/payment-states'
import { statesWhere } from '#shared/state-table'
import { sessionStates, standingSessions } from './session-states'

/** Of these nothing is earned yet: they may still be cancelled and paid back. */
const ahead = statesWhere(sessionStates, 'terminal', false)

/** What is returned or on its way back. */
const returned = (column: 'amount' | 'consultant_payout_amount'): string => `
  coalesce((SELECT sum(r.${column}) FROM refunds r
    WHERE r.payment_id = p.id AND r.status IN (${textStates(countedRefunds)})), 0)`

const lockConsultantProfile = preparedStatement(
  'lock-consultant-profile',
  'SELECT FROM consultant_profiles WHERE id = $1 FOR NO KEY UPDATE',
)
const countOfConsultant = preparedStatement(
  'count-of-consultant',
  `WITH counted AS (
    SELECT
      (SELECT count(*) FROM scheduled_sessions WHERE consultant_id = $1 AND status IN (${textStates(standingSessions)})) AS bookings,
      (SELECT coalesce(jsonb_object_agg(currency, amount), '{}') FROM (
        SELECT p.currency, sum(p.consultant_payout_amount - ${returned('consultant_payout_amount')}) AS amount
        FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
        WHERE p.consultant_id = $1 AND p.status IN (${textStates(collectedPayments)}) AND s.status NOT IN (${textStates(ahead)})
        GROUP BY p.currency) earned) AS earnings
  ), profile AS (
    UPDATE consultant_profiles SET statistics_total_bookings = bookings, statistics_total_earnings = earnings
    FROM counted WHERE id = $1
      AND (statistics_total_bookings, statistics_total_earnings) IS DISTINCT FROM (bookings, earnings)
  )
  UPDATE _consultant_profiles_v SET version_statistics_total_bookings = bookings, version_statistics_total_earnings = earnings
  FROM counted WHERE parent_id = $1 AND latest
    AND (version_statistics_total_bookings, version_statistics_total_earnings) IS DISTINCT FROM (bookings, earnings)`,
)

const lockCustomer = preparedStatement('lock-customer', 'SELECT FROM customers WHERE id = $1 FOR NO KEY UPDATE')
const countOfCustomer = preparedStatement(
  'count-of-customer',
  `WITH spent AS (
    SELECT p.currency, sum(p.amount - ${returned('amount')}) AS amount,
      count(*) FILTER (WHERE p.amount > ${returned('amount')}) AS sessions
    FROM payments p WHERE p.customer_id = $1 AND p.status IN (${textStates(collectedPayments)})
    GROUP BY p.currency
  ), counted AS (
    SELECT
      (SELECT count(*) FROM scheduled_sessions WHERE customer_id = $1 AND status IN (${textStates(standingSessions)})) AS bookings,
      (SELECT coalesce(jsonb_object_agg(currency, amount), '{}') FROM spent) AS total,
      (SELECT coalesce(jsonb_object_agg(currency, round(amount / sessions)), '{}') FROM spent WHERE sessions > 0) AS average
  )
  UPDATE customers SET statistics_total_bookings = bookings, statistics_total_spent = total,
    statistics_average_spent_per_session = average
  FROM counted WHERE id = $1
    AND (statistics_total_bookings, statistics_total_spent, statistics_average_spent_per_session)
      IS DISTINCT FROM (bookings, total, average)`,
)

/**
 * Derives the numbers of both sides of a session anew, from sessions, payments and refunds. Running it again changes nothing. Of a consultant their
 * bookings and what they earned with sessions that are over, less refunds: per currency, smallest units; the newest version is told as well, as
 * the admin shows it. Of a customer their bookings and what they spent, less refunds: in all, and on average for a session that was paid for.
 */
export const refreshStatistics = (
  payload: Payload,
  { consultantId, customerId }: { consultantId: string; customerId: string },
): Promise<void> =>
  withTransaction(payload, async (req) => {
    // Locked before anything is counted: of two counts at once the later one sees more, and writes last.
    await lockConsultantProfile(req, [consultantId])
    await countOfConsultant(req, [consultantId])
    await lockCustomer(req, [customerId])
    await countOfCustomer(req, [customerId])
  })
