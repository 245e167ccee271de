import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { localRequest } from '#database/local-request'
import { deleteInBatches } from '#database/delete-in-batches'
import { sqlStates } from '#database/state-lists'
import { readDb, txDb, withTransaction } from '#database/transactions'
import { everCollectedPayments } from '#payments/payment-states'

/**
 * Counts a message to an address that nobody has confirmed, unless as many were sent to its inbox as may be. One that was counted before
 * is not counted again, so that it can be tried again. Whoever asks for the same inbox meanwhile waits.
 * @param inbox a digest of it.
 * @returns whether it may be sent.
 */
export const countUnconfirmed = (
  payload: Payload,
  {
    notificationId,
    inbox,
    perHour,
    perDay,
  }: { notificationId: string; inbox: string; perHour: number; perDay: number },
): Promise<boolean> =>
  withTransaction(payload, async (req) => {
    const db = await txDb(req)
    await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`unconfirmed-mails:${inbox}`}, 0))`)
    const { rowCount } = await db.execute(sql`
      INSERT INTO parley.unconfirmed_mails (notification_id, inbox, counted_at)
      SELECT ${notificationId}, ${inbox}, clock_timestamp()
      WHERE ${perDay}::int > (SELECT count(*) FROM parley.unconfirmed_mails
          WHERE inbox = ${inbox} AND counted_at > clock_timestamp() - interval '1 day')
        AND ${perHour}::int > (SELECT count(*) FROM parley.unconfirmed_mails
          WHERE inbox = ${inbox} AND counted_at > clock_timestamp() - interval '1 hour')
      ON CONFLICT (notification_id) DO NOTHING`)
    if (rowCount) return true
    const { rows } = await db.execute(
      sql`SELECT FROM parley.unconfirmed_mails WHERE notification_id = ${notificationId}`,
    )
    return rows.length > 0
  })

/** Whether a message is about a session whose price was collected, whatever was returned of it since. */
export const isAboutPaidSession = async (payload: Payload, notificationId: string): Promise<boolean> => {
  const db = await readDb(await localRequest(payload))
  const { rows } = await db.execute(sql`
    SELECT FROM notifications n JOIN payments p ON p.scheduled_session_id = n.scheduled_session_id
    WHERE n.id = ${notificationId} AND p.status IN ${sqlStates(everCollectedPayments)} LIMIT 1`)
  return rows.length > 0
}

/** Whoever was mailed more than a few days ago counts no more; a message is tried for three days. */
export const deleteCountedMails = (payload: Payload): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM parley.unconfirmed_mails WHERE notification_id IN (
        SELECT notification_id FROM parley.unconfirmed_mails WHERE counted_at < now() - interval '4 days'
        ORDER BY counted_at LIMIT ${limit})`,
  )
