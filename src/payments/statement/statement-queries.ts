import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import { isUuid } from '#shared/ids'
import type { StatementEntry, StatementOpening, StatementSession } from './compute-statement'

/** Whose statement it is. */
export type StatementConsultant = { id: string; slug: string; name: string; timeZone: string; userId: string | null }

/** By slug or id, published or not: past payouts stay theirs. */
export const findStatementConsultant = async (
  req: PayloadRequest,
  slugOrId: string,
): Promise<StatementConsultant | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT id, slug, name, coalesce(availability_time_zone, 'UTC') AS "timeZone", user_id AS "userId"
    FROM consultant_profiles WHERE ${isUuid(slugOrId) ? sql`id = ${slugOrId}` : sql`slug = ${slugOrId}`} LIMIT 1`)
  return rows[0] as StatementConsultant | undefined
}

/** Sums of what moved for a consultant before `until` (epoch ms), by kind and currency. */
export const sumEntriesBefore = async (
  req: PayloadRequest,
  consultantId: string,
  until: number,
): Promise<StatementOpening[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT kind, currency, sum(amount)::float8 AS amount FROM ledger_entries
    WHERE consultant_id = ${consultantId} AND occurred_at < to_timestamp(${until}::float8 / 1000)
    GROUP BY kind, currency`)
  return rows as StatementOpening[]
}

export type EntriesOfPeriod = { entries: StatementEntry[]; sessions: Map<string, StatementSession> }

/**
 * What moved for a consultant in a period, oldest first, and what it was about.
 * @param period.limit of the entries that are read; one more shows that there are too many.
 */
export const listEntriesBetween = async (
  req: PayloadRequest,
  consultantId: string,
  { from, until, limit }: { from: number; until: number; limit: number },
): Promise<EntriesOfPeriod> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT kind, amount::float8, currency, (extract(epoch FROM occurred_at) * 1000)::float8 AS "occurredAt",
      payment_id AS "paymentId", stripe_object_id AS "objectId"
    FROM ledger_entries
    WHERE consultant_id = ${consultantId} AND payment_id IS NOT NULL
      AND occurred_at >= to_timestamp(${from}::float8 / 1000) AND occurred_at < to_timestamp(${until}::float8 / 1000)
    ORDER BY occurred_at, created_at, id LIMIT ${limit + 1}`)
  const entries = rows as StatementEntry[]
  return { entries, sessions: await sessionsOfPayments(req, [...new Set(entries.map(({ paymentId }) => paymentId))]) }
}

const sessionsOfPayments = async (
  req: PayloadRequest,
  paymentIds: readonly string[],
): Promise<Map<string, StatementSession>> => {
  if (!paymentIds.length) return new Map()
  const db = await readDb(req)
  // One parameter, however many there are.
  const { rows } = await db.execute(sql`
    SELECT p.id, s.reference, (extract(epoch FROM s.starts_at) * 1000)::float8 AS "startsAt", t.name AS "serviceType",
      cu.name AS customer
    FROM payments p
    JOIN scheduled_sessions s ON s.id = p.scheduled_session_id
    JOIN service_types t ON t.id = s.service_type_id
    JOIN customers cu ON cu.id = p.customer_id
    WHERE p.id IN (SELECT value::uuid FROM json_array_elements_text(${JSON.stringify(paymentIds)}::json))`)
  return new Map((rows as (StatementSession & { id: string })[]).map(({ id, ...session }) => [id, session]))
}

/** When the first entry of a consultant was written; epoch ms, undefined when there is none. */
export const firstEntryOf = async (req: PayloadRequest, consultantId: string): Promise<number | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT (extract(epoch FROM min(occurred_at)) * 1000)::float8 AS first FROM ledger_entries
    WHERE consultant_id = ${consultantId}`)
  return (rows[0] as { first: number | null } | undefined)?.first ?? undefined
}
