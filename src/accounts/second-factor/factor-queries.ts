import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import type { FactorKind } from './factor-kinds'

/** A second factor as its owner tells it from others. Instants in epoch milliseconds. */
export type Factor = { id: string; kind: FactorKind; name: string; createdAt: number; lastUsedAt: number | null }

/** The secret is sealed. */
export type TotpFactor = { id: string; secret: string }

/** As the browser has given it: what is public of a key. In base64url. */
export type PasskeyFactor = {
  id: string
  credentialId: string
  publicKey: string
  counter: number
  transports: string[]
}

/** Whoever changes the factors of an account, or opens a session of it, waits here for the others. */
export const lockFactors = async (req: PayloadRequest, userId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`SELECT FROM users WHERE id = ${userId} FOR NO KEY UPDATE`)
}

export const hasSecondFactor = async (req: PayloadRequest, userId: string): Promise<boolean> => {
  const db = await readDb(req)
  const { rowCount } = await db.execute(
    sql`SELECT FROM parley.second_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL LIMIT 1`,
  )
  return rowCount === 1
}

/** Those that count, the oldest first. */
export const readFactors = async (req: PayloadRequest, userId: string): Promise<Factor[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, kind, name, (extract(epoch FROM created_at) * 1000)::float8 AS "createdAt",
      (extract(epoch FROM last_used_at) * 1000)::float8 AS "lastUsedAt"
    FROM parley.second_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL ORDER BY created_at, id`)
  return rows as Factor[]
}

/** An app that is being set up takes the place of one that was and was not finished. */
export const insertTotp = async (
  req: PayloadRequest,
  { id, userId, name, secret }: { id: string; userId: string; name: string; secret: string },
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(
    sql`DELETE FROM parley.second_factors WHERE user_id = ${userId} AND kind = 'totp' AND confirmed_at IS NULL`,
  )
  await db.execute(sql`
    INSERT INTO parley.second_factors (id, user_id, kind, name, secret) VALUES (${id}, ${userId}, 'totp', ${name}, ${secret})`)
}

/** @param which that counts, or that is being set up, for an hour. */
export const findTotp = async (
  req: PayloadRequest,
  userId: string,
  which: 'confirmed' | 'unconfirmed',
): Promise<TotpFactor | undefined> => {
  const db = await readDb(req)
  const stage =
    which === 'confirmed'
      ? sql`confirmed_at IS NOT NULL`
      : sql`confirmed_at IS NULL AND created_at > now() - interval '1 hour'`
  const { rows } = await db.execute(
    sql`SELECT id, secret FROM parley.second_factors WHERE user_id = ${userId} AND kind = 'totp' AND ${stage}`,
  )
  return rows[0] as TotpFactor | undefined
}

/** From now on it counts, in place of the app before. Its first code is used up. */
export const confirmTotp = async (
  req: PayloadRequest,
  { id, userId, step }: { id: string; userId: string; step: number },
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(
    sql`DELETE FROM parley.second_factors WHERE user_id = ${userId} AND kind = 'totp' AND confirmed_at IS NOT NULL`,
  )
  await db.execute(sql`UPDATE parley.second_factors SET confirmed_at = now(), last_step = ${step} WHERE id = ${id}`)
}

/** Uses a step of time up. @returns whether nobody had, neither it nor a later one. */
export const useTotpStep = async (req: PayloadRequest, id: string, step: number): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    UPDATE parley.second_factors SET last_step = ${step}, last_used_at = now()
    WHERE id = ${id} AND (last_step IS NULL OR last_step < ${step})`)
  return rowCount === 1
}

const passkeyColumns = sql`
  id, credential_id AS "credentialId", public_key AS "publicKey", counter::float8 AS counter, transports`

export const readPasskeys = async (req: PayloadRequest, userId: string): Promise<PasskeyFactor[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(
    sql`SELECT ${passkeyColumns} FROM parley.second_factors WHERE user_id = ${userId} AND kind = 'passkey' ORDER BY created_at, id`,
  )
  return rows as PasskeyFactor[]
}

/** @throws the error of the database for one that is there already, with whatever login. */
export const insertPasskey = async (
  req: PayloadRequest,
  { userId, name, ...passkey }: Omit<PasskeyFactor, 'id'> & { userId: string; name: string },
): Promise<void> => {
  const { credentialId, publicKey, counter, transports } = passkey
  const db = await txDb(req)
  await db.execute(sql`
    INSERT INTO parley.second_factors (id, user_id, kind, name, credential_id, public_key, counter, transports, confirmed_at)
    VALUES (${createId()}, ${userId}, 'passkey', ${name}, ${credentialId}, ${publicKey}, ${counter}, ${sql.param(transports)}::text[], now())`)
}

/** Many keys do not count, and say 0 each time; one that counts never goes back. @returns whether it has gone on. */
export const usePasskeyCounter = async (req: PayloadRequest, id: string, counter: number): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    UPDATE parley.second_factors SET counter = ${counter}, last_used_at = now()
    WHERE id = ${id} AND (counter < ${counter} OR counter = 0 AND ${counter}::bigint = 0)`)
  return rowCount === 1
}

/** @returns whether the account had it. */
export const deleteFactor = async (req: PayloadRequest, userId: string, id: string): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(
    sql`DELETE FROM parley.second_factors WHERE user_id = ${userId} AND id = ${id} AND confirmed_at IS NOT NULL`,
  )
  return rowCount === 1
}

/** All of them, with the recovery codes. @returns how many there were that counted. */
export const deleteAllFactors = async (req: PayloadRequest, userId: string): Promise<number> => {
  const db = await txDb(req)
  const { rows } = await db.execute(
    sql`DELETE FROM parley.second_factors WHERE user_id = ${userId} RETURNING confirmed_at IS NOT NULL AS counted`,
  )
  await db.execute(sql`DELETE FROM parley.recovery_codes WHERE user_id = ${userId}`)
  return rows.filter(({ counted }) => counted === true).length
}

/** In place of those from before, which open nothing any more. */
export const replaceRecoveryCodes = async (
  req: PayloadRequest,
  userId: string,
  hashes: readonly string[],
): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`DELETE FROM parley.recovery_codes WHERE user_id = ${userId}`)
  for (const hash of hashes) {
    await db.execute(
      sql`INSERT INTO parley.recovery_codes (id, user_id, code_hash) VALUES (${createId()}, ${userId}, ${hash})`,
    )
  }
}

/** @returns whether it was one that had not been used. */
export const useRecoveryCode = async (req: PayloadRequest, userId: string, hash: string): Promise<boolean> => {
  const db = await txDb(req)
  const { rowCount } = await db.execute(sql`
    UPDATE parley.recovery_codes SET used_at = now() WHERE user_id = ${userId} AND code_hash = ${hash} AND used_at IS NULL`)
  return rowCount === 1
}

export const countRecoveryCodes = async (req: PayloadRequest, userId: string): Promise<number> => {
  const db = await readDb(req)
  const { rows } = await db.execute(
    sql`SELECT count(*)::int AS left FROM parley.recovery_codes WHERE user_id = ${userId} AND used_at IS NULL`,
  )
  return Number(rows[0]?.left ?? 0)
}
