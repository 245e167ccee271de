import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { poolDb, readDb, txDb } from '#database/transactions'
import type { WaitsFor } from '#database/waiting-logins'
import { createId, hashToken } from '#shared/ids'

/** A login with the right password that lacks something. `expiresAt` in epoch milliseconds. */
export type WaitingLogin = { id: string; userId: string; email: string; waitsFor: WaitsFor; expiresAt: number }

/** Of an account that may log in, and as long as it has not run out. */
const alive = sql`
  FROM parley.waiting_logins waiting JOIN users ON users.id = waiting.user_id
  WHERE waiting.expires_at > now() AND users.is_active IS NOT FALSE AND users._verified IS TRUE`

const columns = sql`
  waiting.id, waiting.user_id AS "userId", users.email, waiting.waits_for AS "waitsFor",
  (extract(epoch FROM waiting.expires_at) * 1000)::float8 AS "expiresAt"`

/** The waiting login that a token is of. */
export const findWaitingLogin = async (payload: Payload, token: string): Promise<WaitingLogin | undefined> => {
  const { rows } = await poolDb(payload).execute(
    sql`SELECT ${columns} ${alive} AND waiting.token_hash = ${hashToken(token)}`,
  )
  return rows[0] as WaitingLogin | undefined
}

/**
 * Makes a session of a waiting login, under the lock of its account, once.
 * @returns the id of the session; undefined when the waiting login is over.
 */
export const openWaitingLogin = async (
  req: PayloadRequest,
  { id, userId, seconds }: { id: string; userId: string; seconds: number },
): Promise<string | undefined> => {
  const db = await txDb(req)
  const sessionId = createId()
  const { rowCount } = await db.execute(sql`
    WITH opened AS (
      DELETE FROM parley.waiting_logins WHERE id = (SELECT waiting.id ${alive} AND waiting.id = ${id})
      RETURNING user_id, user_agent, network
    )
    INSERT INTO users_sessions (_order, _parent_id, id, created_at, expires_at, user_agent, network, second_factor_at)
    SELECT 1 + coalesce((SELECT max(_order) FROM users_sessions WHERE _parent_id = ${userId}), 0), opened.user_id,
      ${sessionId}, now(), now() + ${seconds}::int * interval '1 second', opened.user_agent, opened.network, now()
    FROM opened`)
  return rowCount === 1 ? sessionId : undefined
}

export const deleteWaitingLogin = async (req: PayloadRequest, id: string): Promise<void> => {
  const db = await readDb(req)
  await db.execute(sql`DELETE FROM parley.waiting_logins WHERE id = ${id}`)
}

/** Whoever is here has just shown a second factor; whoever is logged in elsewhere has not. @returns whether the session is still there. */
export const keepOneSession = async (req: PayloadRequest, userId: string, sessionId: string): Promise<boolean> => {
  const db = await txDb(req)
  await db.execute(sql`DELETE FROM users_sessions WHERE _parent_id = ${userId} AND id <> ${sessionId}`)
  await db.execute(sql`DELETE FROM parley.waiting_logins WHERE user_id = ${userId}`)
  const { rowCount } = await db.execute(sql`
    UPDATE users_sessions SET second_factor_at = now() WHERE _parent_id = ${userId} AND id = ${sessionId}`)
  return rowCount === 1
}

type Challenge = { loginId: string; purpose: 'add' | 'log_in' }

const challengeMinutes = 5

/** One at a time for each login: a new one takes the place of the last. */
export const storeChallenge = async (
  req: PayloadRequest,
  { loginId, purpose, challenge }: Challenge & { challenge: string },
): Promise<void> => {
  const db = await readDb(req)
  await db.execute(sql`
    INSERT INTO parley.passkey_challenges (login_id, purpose, challenge, expires_at)
    VALUES (${loginId}, ${purpose}, ${challenge}, now() + ${challengeMinutes}::int * interval '1 minute')
    ON CONFLICT (login_id, purpose) DO UPDATE SET challenge = excluded.challenge, expires_at = excluded.expires_at, created_at = now()`)
}

/** What a key has to answer; whatever it answers, nobody answers it again. */
export const takeChallenge = async (
  req: PayloadRequest,
  { loginId, purpose }: Challenge,
): Promise<string | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    WITH taken AS (
      DELETE FROM parley.passkey_challenges WHERE login_id = ${loginId} AND purpose = ${purpose} RETURNING challenge, expires_at
    )
    SELECT challenge FROM taken WHERE expires_at > now()`)
  const challenge = rows[0]?.challenge
  return typeof challenge === 'string' ? challenge : undefined
}

export const deleteOldWaitingLogins = (payload: Payload): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM parley.waiting_logins WHERE id IN (
        SELECT id FROM parley.waiting_logins WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit})`,
  )

export const deleteOldChallenges = (payload: Payload): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM parley.passkey_challenges WHERE (login_id, purpose) IN (
        SELECT login_id, purpose FROM parley.passkey_challenges WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit})`,
  )
