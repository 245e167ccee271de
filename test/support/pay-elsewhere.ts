import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

export const elsewhereReference = 'Bank transfer 2026-11-29/17'

/**
 * A booking that waits for its payment becomes one of which operations say, in one transaction, that it was paid elsewhere; as if
 * nobody had ever been given a page on which to pay.
 */
export const payElsewhere = async (
  payload: Payload,
  { session: reference, operations }: { session: string; operations: { id: string } },
): Promise<void> => {
  const [{ txDb, withTransaction }, { changeSessionState, requireLockedSession }, { recordElsewhereCharge }] =
    await Promise.all([
      import('#database/transactions'),
      import('#sessions/change/change-session'),
      import('#payments/charge/record-elsewhere-charge'),
    ])
  await withTransaction(payload, async (req) => {
    const { rows } = await (
      await txDb(req)
    ).execute(sql`
      UPDATE payments SET stripe_checkout_session_id = NULL, checkout_url = NULL, checkout_expires_at = NULL,
        checkout_success_url = NULL, checkout_cancel_url = NULL
      WHERE scheduled_session_id = (SELECT id FROM scheduled_sessions WHERE reference = ${reference})
      RETURNING id, scheduled_session_id AS "sessionId"`)
    const { id: paymentId, sessionId } = rows[0] as { id: string; sessionId: string }
    const session = await requireLockedSession(req, sessionId)
    const actor = { role: 'payment' as const, id: null }
    await changeSessionState(req, { session, to: 'scheduled', actor, now: Date.now() })
    const by = { role: 'operations' as const, id: operations.id }
    await recordElsewhereCharge(req, { paymentId, reference: elsewhereReference, by })
  })
}
