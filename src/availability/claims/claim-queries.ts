import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { preparedStatement } from '#database/prepared-statement'
import { sqlStates, textStates } from '#database/state-lists'
import { storeState } from '#database/store-state'
import { txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import { statesBefore } from '#shared/state-table'
import type { Claimant } from '../bounds/claimant'
import { claimStates, sessionClaimStates, slotMachine, type SlotState } from '../slot-states'
import type { Interval } from '../types'
import { epoch, iso, minuteMs } from '#shared/time'

/** A claim on a consultant's time. `occupied` includes the buffers; all instants are epoch milliseconds. */
export type NewClaim = {
  consultantId: string
  serviceTypeId: string | null
  session: Interval
  occupied: Interval
  timeZone: string
  price: { amount: number; currency: string } | null
  status: 'held' | 'booked'
  /** For a hold: until when. Null for a booking. */
  holdExpiresAt: number | null
  holdTokenHash: string | null
  customerId: string | null
  claimant: Claimant
  /** A session that this transaction is about to write: the reference is checked when it commits. */
  sessionId?: string
}

const at = (epochMs: number) => sql`${new Date(epochMs).toISOString()}::timestamptz`
const slotStatus = { table: 'availability_slots', column: 'status' }
/** The states out of which our own code comes into this one. */
const into = (state: SlotState) => sqlStates(statesBefore(slotMachine, state, 'system'))
const maybeAt = (epochMs: number | null) => (epochMs === null ? sql`NULL::timestamptz` : at(epochMs))

/**
 * Serialises all claims of one consultant until the transaction ends. The exclusion constraint alone would be enough to
 * refuse overlaps, but two inserts that conflict under it wait for each other: PostgreSQL ends that as a deadlock after a
 * second (seen with 100 simultaneous holds; test/fault/availability/simultaneous-holds shows the race).
 * @param further locks that are taken after it, in this order (`claimantLocks`).
 */
export const lockConsultant = async (
  req: PayloadRequest,
  consultantId: string,
  further: readonly string[] = [],
): Promise<void> => {
  // A lock that ended with its own statement would lock nothing.
  await txDb(req)
  await lockClaims(req, [[`claims:${consultantId}`, ...further]])
}

// A list is gone through from its beginning, so everybody takes them in the same order.
const lockClaims = preparedStatement(
  'lock-claims',
  'SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest($1::text[]) AS key',
)

const expireStale = preparedStatement(
  'expire-stale-holds',
  `UPDATE availability_slots SET status = 'expired', expired_at = $4, claimed_by = NULL, claimed_inbox = NULL, updated_at = $4
  WHERE consultant_id = $1 AND status = 'held' AND scheduled_session_id IS NULL AND hold_expires_at <= $4
    AND tstzrange(occupied_from, occupied_until, '[)') && tstzrange($2, $3, '[)')`,
)

/** Marks holds that ran out and lie within `occupied` as `expired`: they block nobody, whether or not a job has come by. */
export const expireStaleHolds = async (
  req: PayloadRequest,
  { consultantId, occupied }: { consultantId: string; occupied: Interval },
  now: number,
): Promise<void> => {
  await txDb(req)
  await expireStale(req, [consultantId, iso(occupied.start), iso(occupied.end), iso(now)])
}

/** Whether another claim lies within `occupied`; holds that ran out do not count. */
export const isClaimed = async (
  req: PayloadRequest,
  {
    consultantId,
    occupied,
    exceptSlotId,
  }: { consultantId: string; occupied: Interval; exceptSlotId?: string | undefined },
  now: number,
): Promise<boolean> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT 1 FROM availability_slots
    WHERE consultant_id = ${consultantId} AND status IN ${sqlStates(claimStates)}
      AND NOT (status = 'held' AND scheduled_session_id IS NULL AND hold_expires_at <= ${at(now)})
      AND tstzrange(occupied_from, occupied_until, '[)') && tstzrange(${at(occupied.start)}, ${at(occupied.end)}, '[)')
      AND id IS DISTINCT FROM ${exceptSlotId ?? null}::uuid
    LIMIT 1`)
  return rows.length > 0
}

// That they give way is seen by the constraint although it is the same statement: it looks at rows as they are now.
const insertSlot = preparedStatement(
  'insert-claim',
  `WITH stale AS (
    UPDATE availability_slots SET status = 'expired', expired_at = $18, claimed_by = NULL, claimed_inbox = NULL, updated_at = $18
    WHERE consultant_id = $2 AND status = 'held' AND scheduled_session_id IS NULL AND hold_expires_at <= $18
      AND tstzrange(occupied_from, occupied_until, '[)') && tstzrange($6, $7, '[)')
    RETURNING id
  )
  INSERT INTO availability_slots (id, consultant_id, service_type_id, starts_at, ends_at, occupied_from, occupied_until,
    duration_minutes, time_zone, price, currency, status, hold_expires_at, hold_token_hash, customer_id, scheduled_session_id,
    booked_at, updated_at, created_at, claimed_by, claimed_inbox)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18, $19, $20
  FROM (SELECT count(*) FROM stale) AS gave_way`,
)

/**
 * Inserts a claim; stale holds in its way give way.
 * @throws SQLSTATE 23P01 when another claim overlaps.
 */
export const insertClaim = async (req: PayloadRequest, claim: NewClaim, now: number): Promise<string> => {
  await txDb(req)
  const id = createId()
  await insertSlot(req, [
    id,
    claim.consultantId,
    claim.serviceTypeId,
    iso(claim.session.start),
    iso(claim.session.end),
    iso(claim.occupied.start),
    iso(claim.occupied.end),
    (claim.session.end - claim.session.start) / minuteMs,
    claim.timeZone,
    claim.price?.amount ?? null,
    claim.price?.currency ?? null,
    claim.status,
    claim.holdExpiresAt === null ? null : iso(claim.holdExpiresAt),
    claim.holdTokenHash,
    claim.customerId,
    claim.sessionId ?? null,
    claim.status === 'booked' ? iso(now) : null,
    iso(now),
    claim.claimant.by,
    claim.claimant.inbox,
  ])
  return id
}

export type HoldRow = {
  id: string
  status: string
  consultantId: string
  serviceTypeId: string
  start: number
  end: number
  price: { amount: number; currency: string }
  holdExpiresAt: number
  sessionId: string | null
}

/** Whose time a hold claims; so that the consultant can be locked before the hold itself, in the order that every claim takes. */
export const findHoldConsultant = async (req: PayloadRequest, holdTokenHash: string): Promise<string | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(
    sql`SELECT consultant_id FROM availability_slots WHERE hold_token_hash = ${holdTokenHash}`,
  )
  return rows[0]?.consultant_id as string | undefined
}

/** The hold behind a token, locked until the transaction ends; undefined when there is none. */
export const lockHold = async (req: PayloadRequest, holdTokenHash: string): Promise<HoldRow | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, status, consultant_id AS "consultantId", service_type_id AS "serviceTypeId",
      ${sql.raw(epoch('starts_at'))} AS start, ${sql.raw(epoch('ends_at'))} AS end,
      json_build_object('amount', price, 'currency', currency) AS price,
      ${sql.raw(epoch('hold_expires_at'))} AS "holdExpiresAt", scheduled_session_id AS "sessionId"
    FROM availability_slots WHERE hold_token_hash = ${holdTokenHash} FOR UPDATE`)
  return rows[0] as HoldRow | undefined
}

/** Ends a hold that nobody turned into a session. Does nothing when there is none, so it tells nothing either. */
export const releaseHold = async (
  req: PayloadRequest,
  holdTokenHash: string,
  now: number,
): Promise<string | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    UPDATE availability_slots SET status = 'released', hold_token_hash = NULL, claimed_by = NULL, claimed_inbox = NULL, updated_at = ${at(now)}
    WHERE hold_token_hash = ${holdTokenHash} AND status IN ${into('released')} AND scheduled_session_id IS NULL
    RETURNING consultant_id`)
  return rows[0]?.consultant_id as string | undefined
}

/**
 * Turns a hold into the claim of a session: `booked`, or `held` until the payment deadline.
 * @throws IllegalTransition when it is no hold any more.
 */
export const attachClaim = async (
  req: PayloadRequest,
  args: {
    slotId: string
    sessionId: string
    customerId: string
    status: 'held' | 'booked'
    holdExpiresAt: number | null
    claimant: Claimant
  },
  now: number,
): Promise<void> => {
  await storeState(req, slotMachine, {
    at: slotStatus,
    id: args.slotId,
    to: args.status,
    role: 'system',
    // A claim that was made with its session has its state already.
    mayStay: true,
    set: sql`scheduled_session_id = ${args.sessionId}, customer_id = ${args.customerId},
      claimed_by = ${args.claimant.by}, claimed_inbox = ${args.claimant.inbox},
      hold_expires_at = ${maybeAt(args.holdExpiresAt)}, booked_at = ${args.status === 'booked' ? at(now) : sql`booked_at`},`,
  })
}

const updateBooked = preparedStatement(
  'book-claim',
  `UPDATE availability_slots SET status = 'booked', booked_at = $2, hold_expires_at = NULL, updated_at = $2,
    claimed_by = CASE WHEN $3 THEN claimed_by END, claimed_inbox = CASE WHEN $3 THEN claimed_inbox END
  WHERE id = $1 AND status IN (${textStates(sessionClaimStates)})`,
)

/** The claim of a session becomes final. Paid or confirmed, it counts against nobody any more (`keepsClaimant`: it does). Both stamps are the same, by which the sweep knows that no other time is taken. */
export const bookClaim = async (
  req: PayloadRequest,
  slotId: string,
  { now, keepsClaimant }: { now: number; keepsClaimant: boolean },
): Promise<void> => {
  await txDb(req)
  await updateBooked(req, [slotId, iso(now), keepsClaimant])
}

/** Gives the time of a session back. */
export const releaseClaim = async (req: PayloadRequest, slotId: string, now: number): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE availability_slots SET status = 'released', claimed_by = NULL, claimed_inbox = NULL, updated_at = ${at(now)}
    WHERE id = ${slotId} AND status IN ${sqlStates(sessionClaimStates)}`)
}

/**
 * Takes the time of a slot that was given up again, as it stands.
 * @throws SQLSTATE 23P01 when somebody else has it by now.
 */
export const reclaimSlot = (req: PayloadRequest, slotId: string, now: number): Promise<void> =>
  storeState(req, slotMachine, {
    at: slotStatus,
    id: slotId,
    to: 'booked',
    role: 'payment',
    mayStay: true,
    set: sql`booked_at = ${at(now)}, hold_expires_at = NULL, expired_at = NULL, claimed_by = NULL, claimed_inbox = NULL,`,
  })

export type SessionClaim = {
  id: string
  consultantId: string
  serviceTypeId: string | null
  customerId: string
  session: Interval
  occupied: Interval
  timeZone: string
  price: { amount: number; currency: string } | null
  claimant: Claimant
}

const selectClaimOfSession = preparedStatement<SessionClaim>(
  'lock-claim-of-session',
  `SELECT id, consultant_id AS "consultantId", service_type_id AS "serviceTypeId", customer_id AS "customerId",
    json_build_object('start', ${epoch('starts_at')}, 'end', ${epoch('ends_at')}) AS session,
    json_build_object('start', ${epoch('occupied_from')}, 'end', ${epoch('occupied_until')}) AS occupied,
    time_zone AS "timeZone",
    CASE WHEN price IS NOT NULL THEN json_build_object('amount', price, 'currency', currency) END AS price,
    json_build_object('by', claimed_by, 'inbox', claimed_inbox) AS claimant
  FROM availability_slots WHERE scheduled_session_id = $1 AND status IN (${textStates(sessionClaimStates)}) FOR UPDATE`,
)

/** The time that a session claims now, locked; undefined when it claims none. */
export const lockClaimOfSession = async (req: PayloadRequest, sessionId: string): Promise<SessionClaim | undefined> => {
  await txDb(req)
  return (await selectClaimOfSession(req, [sessionId]))[0]
}
