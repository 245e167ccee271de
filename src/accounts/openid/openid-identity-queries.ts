import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { deleteInBatches } from '#database/delete-in-batches'
import { readDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'

/** An account elsewhere with which somebody logs in. Instants are epoch milliseconds. */
export type OpenidIdentity = {
  id: string
  issuer: string
  /** As the provider said when it was joined. */
  email: string | null
  createdAt: number
  lastLoginAt: number | null
}

/** Takes the one use of a sign-in that was begun. @returns whether it was there to be taken. */
export const takeOpenidUse = async (req: PayloadRequest, stateHash: string): Promise<boolean> => {
  const db = await readDb(req)
  const { rowCount } = await db.execute(sql`
    INSERT INTO parley.openid_uses (state_hash) VALUES (${stateHash}) ON CONFLICT DO NOTHING`)
  return rowCount === 1
}

/** What was begun so long ago is over by itself. */
export const deleteOldOpenidUses = (payload: Payload): Promise<number> =>
  deleteInBatches(
    payload,
    (limit) => sql`
      DELETE FROM parley.openid_uses WHERE state_hash IN (
        SELECT state_hash FROM parley.openid_uses WHERE used_at < now() - interval '1 hour' ORDER BY used_at LIMIT ${limit})`,
  )

/** Whoever signs in as the same somebody waits here for the others, until the transaction ends. */
export const lockOpenidSubject = async (
  req: PayloadRequest,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`openid:${JSON.stringify([issuer, subject])}`}, 0))`,
  )
}

/** Whose account somebody of a provider opens. */
export const findOpenidUser = async (
  req: PayloadRequest,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<{ userId: string } | null> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT user_id FROM parley.openid_identities WHERE issuer = ${issuer} AND subject = ${subject}`)
  const id = rows[0]?.user_id
  return typeof id === 'string' ? { userId: id } : null
}

/** Joins somebody of a provider to an account. @returns whether they were not joined to it before. */
export const insertOpenidIdentity = async (
  req: PayloadRequest,
  { issuer, subject, userId, email }: { issuer: string; subject: string; userId: string; email: string | null },
): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    INSERT INTO parley.openid_identities (id, issuer, subject, user_id, email)
    VALUES (${createId()}, ${issuer}, ${subject}, ${userId}, ${email})
    ON CONFLICT (issuer, subject) DO NOTHING`)
  return rowCount === 1
}

/** They have just logged in with it. */
export const storeOpenidLogin = async (
  req: PayloadRequest,
  { issuer, subject }: { issuer: string; subject: string },
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE parley.openid_identities SET last_login_at = now() WHERE issuer = ${issuer} AND subject = ${subject}`)
}

/** Nobody knows a password of this account. */
export const storeNoPassword = async (req: PayloadRequest, userId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`UPDATE users SET hash = NULL, salt = NULL WHERE id = ${userId}`)
}

/** The account, locked against losing another way to log in, or its login, meanwhile. */
export const lockLoginWays = async (
  req: PayloadRequest,
  userId: string,
): Promise<{ hasPassword: boolean; isOpen: boolean }> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT hash IS NOT NULL AS "hasPassword", is_active IS NOT FALSE AND _verified IS TRUE AS "isOpen"
    FROM users WHERE id = ${userId} FOR NO KEY UPDATE`)
  return { hasPassword: rows[0]?.hasPassword === true, isOpen: rows[0]?.isOpen === true }
}

/** Whether a login has not ended, so that what was begun with it goes on. */
export const isLoginSessionOpen = async (
  req: PayloadRequest,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    SELECT FROM users_sessions WHERE _parent_id = ${userId} AND id = ${sessionId} AND expires_at > now()`)
  return rowCount === 1
}

/** The ways to log in of an account, the oldest first. */
export const readLoginWays = async (
  req: PayloadRequest,
  userId: string,
): Promise<{ hasPassword: boolean; identities: OpenidIdentity[] }> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT account.hash IS NOT NULL AS "hasPassword", identity.id, identity.issuer, identity.email,
      (extract(epoch FROM identity.created_at) * 1000)::float8 AS "createdAt",
      (extract(epoch FROM identity.last_login_at) * 1000)::float8 AS "lastLoginAt"
    FROM users account LEFT JOIN parley.openid_identities identity ON identity.user_id = account.id
    WHERE account.id = ${userId} ORDER BY identity.created_at, identity.id`)
  const identities = (rows as (OpenidIdentity & { hasPassword: boolean })[]).flatMap(
    ({ hasPassword: _, ...identity }) =>
      // An account without any is a row without one.
      (identity.id as string | null) === null ? [] : identity,
  )
  return { hasPassword: rows[0]?.hasPassword === true, identities }
}

/** @returns whether the account had it. */
export const deleteOpenidIdentity = async (req: PayloadRequest, userId: string, id: string): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    DELETE FROM parley.openid_identities WHERE user_id = ${userId} AND id = ${id}::uuid`)
  return rowCount === 1
}

/** How many an account has. */
export const countOpenidIdentities = async (req: PayloadRequest, userId: string): Promise<number> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT count(*)::int AS number FROM parley.openid_identities WHERE user_id = ${userId}`)
  return Number(rows[0]?.number ?? 0)
}

/** Nobody logs in to the account like that any more. */
export const deleteOpenidIdentities = async (req: PayloadRequest, userId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`DELETE FROM parley.openid_identities WHERE user_id = ${userId}`)
}
