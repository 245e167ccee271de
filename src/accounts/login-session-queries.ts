import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb, txDb, withTransaction } from '#database/transactions'
import { endWaitingLogins } from '#database/waiting-logins'

/** Instants in epoch milliseconds. */
export type LoginSession = {
  id: string
  createdAt: number
  expiresAt: number
  userAgent: string | null
  network: string | null
  /** It was opened with a second factor, or one was added in it. */
  hasSecondFactor: boolean
}

/** Where an account is logged in now, the latest first. */
export const readLoginSessions = async (req: PayloadRequest, userId: string): Promise<LoginSession[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, (extract(epoch FROM created_at) * 1000)::float8 AS "createdAt",
      (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAt", user_agent AS "userAgent", network,
      second_factor_at IS NOT NULL AS "hasSecondFactor"
    FROM users_sessions WHERE _parent_id = ${userId} AND expires_at > now() ORDER BY created_at DESC, id DESC`)
  return rows.map((row) => ({
    id: String(row.id),
    createdAt: Number(row.createdAt),
    expiresAt: Number(row.expiresAt),
    userAgent: typeof row.userAgent === 'string' ? row.userAgent : null,
    network: typeof row.network === 'string' ? row.network : null,
    hasSecondFactor: row.hasSecondFactor === true,
  }))
}

/** @returns whether the account had it. */
export const endLoginSession = async (req: PayloadRequest, userId: string, id: string): Promise<boolean> => {
  const db = await readDb(req)
  const { rowCount } = await db.execute(sql`DELETE FROM users_sessions WHERE _parent_id = ${userId} AND id = ${id}`)
  return rowCount === 1
}

/**
 * Keeps one from being ended before the transaction is: whoever ends it waits. Locked in the order of all who change them, the account first.
 * @returns whether it has not ended already, by itself, by somebody, or with its account.
 */
export const holdLoginSession = async (req: PayloadRequest, userId: string, id: string): Promise<boolean> => {
  const db = await txDb(req)
  await db.execute(sql`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`)
  const { rowCount } = await db.execute(sql`
    SELECT FROM users_sessions WHERE _parent_id = ${userId} AND id = ${id} AND expires_at > now() FOR NO KEY UPDATE`)
  return rowCount === 1
}

/**
 * Ends all of an account, but `kept`, and what waits for a second factor. A login that is under way is ended with them, or comes after.
 * @returns how many there were.
 */
export const endLoginSessions = (from: PayloadRequest, userId: string, kept: string | null): Promise<number> =>
  withTransaction(from, async (req) => {
    const db = await txDb(req)
    // Whoever adds one locks this row.
    await db.execute(sql`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`)
    await endWaitingLogins(db, userId)
    const { rows } = await db.execute(sql`
      WITH ended AS (
        DELETE FROM users_sessions WHERE _parent_id = ${userId} AND id IS DISTINCT FROM ${kept} RETURNING expires_at
      )
      SELECT count(*) FILTER (WHERE expires_at > now())::int AS ended FROM ended`)
    return Number(rows[0]?.ended ?? 0)
  })

/** How long after the login somebody is believed to be there still. */
const freshMinutes = 15

/** Whether whoever has opened a session showed a short while ago who they are. */
export const isFreshSession = async (req: PayloadRequest, userId: string, sessionId: string): Promise<boolean> => {
  const db = await readDb(req)
  const { rowCount } = await db.execute(sql`
    SELECT FROM users_sessions WHERE _parent_id = ${userId} AND id = ${sessionId}
      AND coalesce(proved_at, created_at) > now() - ${freshMinutes}::int * interval '1 minute'`)
  return rowCount === 1
}

/**
 * Notes of a session that its owner showed earlier than at its beginning who they are.
 * @param provedAt epoch milliseconds, of another clock, so never counted later than now; null when nobody knows.
 */
export const storeProof = async (
  req: PayloadRequest,
  { userId, sessionId, provedAt }: { userId: string; sessionId: string; provedAt: number | null },
): Promise<void> => {
  const db = await txDb(req)
  const at = provedAt === null ? sql`'-infinity'` : sql`least(now(), to_timestamp(${provedAt / 1_000}::float8))`
  await db.execute(sql`UPDATE users_sessions SET proved_at = ${at} WHERE _parent_id = ${userId} AND id = ${sessionId}`)
}
