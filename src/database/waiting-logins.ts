import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { DomainError } from '#shared/errors'
import { createId, createToken, hashToken } from '#shared/ids'
import type { TransactionConnection } from './transactions'

/** What a login with the right password may lack: the proof of a second factor, or the factor itself, where one is demanded. */
export type WaitsFor = 'second_factor' | 'enrolment'

/** A login that was written down as a waiting one. Its token opens nothing but the way on. `expiresAt` in epoch milliseconds. */
export type NewWaitingLogin = { token: string; waitsFor: WaitsFor; expiresAt: number }

/** A code is at hand; an app may have to be installed first. */
const minutes: Readonly<Record<WaitsFor, number>> = { second_factor: 5, enrolment: 30 }

type Connection = Pick<TransactionConnection, 'execute'>

const isDemanded = (userId: string): SQL => sql`EXISTS (
  SELECT FROM booking_settings settings JOIN users_roles role ON role.parent_id = ${userId}
  WHERE role.value IN ('admin', 'operations') AND settings.second_factor_staff_from <= now()
    OR role.value = 'consultant' AND settings.second_factor_consultants_from <= now())`

/** What every login of an account has to wait for; undefined: its password is enough. */
export const findWait = async (db: Connection, userId: string): Promise<WaitsFor | undefined> => {
  const { rows } = await db.execute(sql`
    SELECT CASE
      WHEN EXISTS (SELECT FROM parley.second_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL) THEN 'second_factor'
      WHEN ${isDemanded(userId)} THEN 'enrolment' END AS "waitsFor"`)
  const waitsFor = rows[0]?.waitsFor
  return waitsFor === 'second_factor' || waitsFor === 'enrolment' ? waitsFor : undefined
}

/** Whether the settings demand a second factor of somebody now. */
export const isSecondFactorDemanded = async (db: Connection, userId: string): Promise<boolean> => {
  const { rows } = await db.execute(sql`SELECT ${isDemanded(userId)} AS demanded`)
  return rows[0]?.demanded === true
}

type Waiting = {
  userId: string
  waitsFor: WaitsFor
  /** The password that was checked, as the account has it. */
  hash: string | undefined
  userAgent: string | null
  network: string | null
}

/** In place of a session. The request knows of it from then on: {@link waitingLoginOf}. */
export const addWaitingLogin = async (
  db: Connection,
  req: Partial<PayloadRequest> | undefined,
  { userId, waitsFor, hash, userAgent, network }: Waiting,
): Promise<void> => {
  const token = createToken()
  const samePassword = hash === undefined ? sql`` : sql`AND hash = ${hash}`
  const { rows } = await db.execute(sql`
    INSERT INTO parley.waiting_logins (id, token_hash, user_id, waits_for, user_agent, network, expires_at)
    SELECT ${createId()}, ${hashToken(token)}, id, ${waitsFor}, ${userAgent}, ${network}, now() + ${minutes[waitsFor]}::int * interval '1 minute'
    FROM users WHERE id = ${userId} ${samePassword} FOR NO KEY UPDATE
    RETURNING (extract(epoch FROM expires_at) * 1000)::float8 AS "expiresAt"`)
  if (!rows[0]) throw new DomainError('conflict', 'The password was changed meanwhile. Log in again.')
  if (req) written.set(req, { token, waitsFor, expiresAt: Number(rows[0].expiresAt) })
}

/** Whoever logs in elsewhere, or sets a new password, ends what waits as well. */
export const endWaitingLogins = async (db: Connection, userId: string): Promise<void> => {
  await db.execute(sql`DELETE FROM parley.waiting_logins WHERE user_id = ${userId}`)
}

const written = new WeakMap<object, NewWaitingLogin>()

/** The login that this request has begun, if it waits for something. */
export const waitingLoginOf = (req: object): NewWaitingLogin | undefined => written.get(req)
