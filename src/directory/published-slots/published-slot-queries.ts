import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { poolDb, txDb } from '#database/transactions'
import { createId } from '#shared/ids'
import type { PublishedSlot } from './compute-published-slots'
import type { PublishedDiff, PublishedRow } from './diff-published-slots'
import { epoch, iso, minuteMs } from '#shared/time'

/**
 * Lets one publication of a consultant at a time read and write, until the transaction ends: the last one has read the newest.
 * @returns the version of the rules from which on it reads.
 */
export const lockPublication = async (req: PayloadRequest, consultantId: string): Promise<number> => {
  const db = await txDb(req)
  await db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`publish:${consultantId}`}, 0))`)
  const { rows } = await db.execute(sql`
    SELECT coalesce(rules_version, 0)::int AS version FROM consultant_profiles WHERE id = ${consultantId}`)
  return (rows[0] as { version: number } | undefined)?.version ?? 0
}

/** Of when what is published of a consultant is. */
type Published = {
  now: number
  rulesVersion: number
  /** The first and the last of their free starts, epoch milliseconds. */
  first: number | undefined
  last: number | undefined
  /** When it is to be published anew although nothing has changed; nothing: when something does. */
  againAt: number | undefined
}

/** What is published of a consultant is of this moment and of these rules. */
export const notePublished = async (
  req: PayloadRequest,
  consultantId: string,
  { now, rulesVersion, first, last, againAt }: Published,
): Promise<void> => {
  const db = await txDb(req)
  const maybe = (instant: number | undefined) => (instant === undefined ? null : iso(instant))
  await db.execute(sql`
    UPDATE parley.directory SET published_at = ${iso(now)}, published_rules_version = ${rulesVersion}, days_at = ${iso(now)},
      next_start = ${maybe(first)}, last_start = ${maybe(last)}, publish_again_at = coalesce(${maybe(againAt)}::timestamptz, 'infinity')
    WHERE consultant_id = ${consultantId}`)
}

/** What was published by the rules before the latest change is right by those after it, as that change touched no time. */
export const keepPublished = async (req: PayloadRequest, consultantId: string): Promise<void> => {
  const db = await txDb(req)
  await db.execute(sql`
    UPDATE parley.directory d SET published_rules_version = c.rules_version FROM consultant_profiles c
    WHERE d.consultant_id = ${consultantId} AND c.id = d.consultant_id AND d.published_rules_version = c.rules_version - 1`)
}

export const findPublishedRows = async (req: PayloadRequest, consultantId: string): Promise<PublishedRow[]> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, service_type_id AS "serviceTypeId", schedule_id AS "scheduleId", ${sql.raw(epoch('starts_at'))} AS start,
      ${sql.raw(epoch('ends_at'))} AS end, ${sql.raw(epoch('occupied_from'))} AS "occupiedFrom", ${sql.raw(epoch('occupied_until'))} AS "occupiedUntil",
      time_zone AS "timeZone", price::float8 AS amount, currency
    FROM availability_slots WHERE consultant_id = ${consultantId} AND status = 'available'`)
  return rows as PublishedRow[]
}

const toRecord = (slot: PublishedSlot & { id: string }) => ({
  id: slot.id,
  service_type_id: slot.serviceTypeId,
  schedule_id: slot.scheduleId,
  starts_at: iso(slot.start),
  ends_at: iso(slot.end),
  occupied_from: iso(slot.occupiedFrom),
  occupied_until: iso(slot.occupiedUntil),
  duration_minutes: (slot.end - slot.start) / minuteMs,
  time_zone: slot.timeZone,
  price: slot.amount,
  currency: slot.currency,
})

/** Writes the differences: two statements at most, whatever their number. */
export const writePublishedDiff = async (
  req: PayloadRequest,
  consultantId: string,
  { gone, added, changed }: PublishedDiff,
): Promise<void> => {
  const db = await txDb(req)
  if (gone.length) {
    await db.execute(sql`
      DELETE FROM availability_slots
      WHERE id = ANY(${sql.param(gone)}::uuid[]) AND consultant_id = ${consultantId} AND status = 'available'`)
  }
  const records = [...added.map((slot) => ({ ...slot, id: createId() })), ...changed].map(toRecord)
  if (!records.length) return
  await db.execute(sql`
    INSERT INTO availability_slots (id, consultant_id, service_type_id, schedule_id, starts_at, ends_at, occupied_from,
      occupied_until, duration_minutes, time_zone, price, currency, status, updated_at, created_at)
    SELECT id, ${consultantId}, service_type_id, schedule_id, starts_at, ends_at, occupied_from, occupied_until,
      duration_minutes, time_zone, price, currency, 'available', now(), now()
    FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS slot (id uuid, service_type_id uuid, schedule_id uuid,
      starts_at timestamptz, ends_at timestamptz, occupied_from timestamptz, occupied_until timestamptz,
      duration_minutes numeric, time_zone text, price numeric, currency enum_availability_slots_currency)
    ON CONFLICT (id) DO UPDATE SET schedule_id = excluded.schedule_id, occupied_from = excluded.occupied_from,
      occupied_until = excluded.occupied_until, time_zone = excluded.time_zone, price = excluded.price,
      currency = excluded.currency, updated_at = now()`)
}

/** So many rows go with one statement: none of them holds up publications for long. */
const removedAtOnce = 1_000

/**
 * Takes published time away that has passed or come so near that the consultant's notice forbids to book it. Time alone does
 * that to a row, so no change of rules would. What a publication is at is left to it.
 */
export const removeUnbookableSlots = async (payload: Payload): Promise<void> => {
  for (;;) {
    const { rowCount } = await poolDb(payload).execute(sql`
      DELETE FROM availability_slots WHERE id IN (
        SELECT near.id FROM consultant_profiles c CROSS JOIN LATERAL (
          SELECT s.id FROM availability_slots s WHERE s.consultant_id = c.id AND s.status = 'available'
            AND s.starts_at < now() + coalesce(c.availability_min_booking_notice_hours, 0) * interval '1 hour'
          ORDER BY s.starts_at LIMIT ${removedAtOnce} FOR UPDATE SKIP LOCKED) near
        LIMIT ${removedAtOnce})`)
    if ((rowCount ?? 0) < removedAtOnce) return
  }
}
