import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { txDb, withTransaction } from '#database/transactions'
import { reportNoShow } from '#sessions/no-show/report-no-show'
import type { Actor } from '#shared/actor'

/** Both were in the room of a session, and its customer says that the consultant was not: operations have something to decide. */
export const claimDemoSession = (
  payload: Payload,
  { sessionId, by, statement }: { sessionId: string; by: Actor; statement: string },
): Promise<unknown> =>
  withTransaction(payload, async (req) => {
    await (
      await txDb(req)
    ).execute(sql`
      UPDATE scheduled_sessions SET attendance_customer_joined_at = starts_at,
        attendance_consultant_joined_at = starts_at + interval '3 minutes', updated_at = now()
      WHERE id = ${sessionId}`)
    return reportNoShow(req, { sessionId, missing: 'consultant', actor: by, statement })
  })
