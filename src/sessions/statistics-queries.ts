import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { Payload } from 'payload'
import { sqlStates } from '#database/state-lists'
import { txDb, withTransaction } from '#database/transactions'
import { collectedPayments, countedRefunds } from '#payments/payment-states'
import { statesWhere } from '#shared/state-table'
import { sessionStates, standingSessions } from './session-states'

/** Of these nothing is earned yet: they may still be cancelled and paid back. */
const ahead = statesWhere(sessionStates, 'terminal', false)

/** What is returned or on its way back. */
const returned = (column: 'amount' | 'consultant_payout_amount'): SQL => sql`
  coalesce((SELECT sum(${sql.raw(`r.${column}`)}) FROM refunds r
    WHERE r.payment_id = p.id AND r.status IN ${sqlStates(countedRefunds)}), 0)`

/**
 * Counts a consultant's bookings and what they earned with sessions that are over, less refunds: per currency, smallest units.
 * The newest version is told as well: it is the one that the admin shows.
 */
const refreshConsultant = async (payload: Payload, id: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const db = await txDb(req)
    // Locked before anything is counted: of two counts at once the later one sees more, and writes last.
    await db.execute(sql`SELECT 1 FROM consultant_profiles WHERE id = ${id} FOR NO KEY UPDATE`)
    await db.execute(sql`
      WITH counted AS (
        SELECT
          (SELECT count(*) FROM scheduled_sessions WHERE consultant_id = ${id} AND status IN ${sqlStates(standingSessions)}) AS bookings,
          (SELECT coalesce(jsonb_object_agg(currency, amount), '{}') FROM (
            SELECT p.currency, sum(p.consultant_payout_amount - ${returned('consultant_payout_amount')}) AS amount
            FROM payments p JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
            WHERE p.consultant_id = ${id} AND p.status IN ${sqlStates(collectedPayments)} AND s.status NOT IN ${sqlStates(ahead)}
            GROUP BY p.currency) earned) AS earnings
      ), profile AS (
        UPDATE consultant_profiles SET statistics_total_bookings = bookings, statistics_total_earnings = earnings
        FROM counted WHERE id = ${id}
          AND (statistics_total_bookings, statistics_total_earnings) IS DISTINCT FROM (bookings, earnings)
      )
      UPDATE _consultant_profiles_v SET version_statistics_total_bookings = bookings, version_statistics_total_earnings = earnings
      FROM counted WHERE parent_id = ${id} AND latest
        AND (version_statistics_total_bookings, version_statistics_total_earnings) IS DISTINCT FROM (bookings, earnings)`)
  })

/** Counts a customer's bookings and what they spent, less refunds: in all, and on average for a session that was paid for. */
const refreshCustomer = async (payload: Payload, id: string): Promise<void> =>
  withTransaction(payload, async (req) => {
    const db = await txDb(req)
    await db.execute(sql`SELECT 1 FROM customers WHERE id = ${id} FOR NO KEY UPDATE`)
    await db.execute(sql`
      WITH spent AS (
        SELECT p.currency, sum(p.amount - ${returned('amount')}) AS amount,
          count(*) FILTER (WHERE p.amount > ${returned('amount')}) AS sessions
        FROM payments p WHERE p.customer_id = ${id} AND p.status IN ${sqlStates(collectedPayments)}
        GROUP BY p.currency
      ), counted AS (
        SELECT
          (SELECT count(*) FROM scheduled_sessions WHERE customer_id = ${id} AND status IN ${sqlStates(standingSessions)}) AS bookings,
          (SELECT coalesce(jsonb_object_agg(currency, amount), '{}') FROM spent) AS total,
          (SELECT coalesce(jsonb_object_agg(currency, round(amount / sessions)), '{}') FROM spent WHERE sessions > 0) AS average
      )
      UPDATE customers SET statistics_total_bookings = bookings, statistics_total_spent = total,
        statistics_average_spent_per_session = average
      FROM counted WHERE id = ${id}
        AND (statistics_total_bookings, statistics_total_spent, statistics_average_spent_per_session)
          IS DISTINCT FROM (bookings, total, average)`)
  })

/** Derives the numbers of both sides of a session anew, from sessions, payments and refunds. Running it again changes nothing. */
export const refreshStatistics = async (
  payload: Payload,
  { consultantId, customerId }: { consultantId: string; customerId: string },
): Promise<void> => {
  await refreshConsultant(payload, consultantId)
  await refreshCustomer(payload, customerId)
}
