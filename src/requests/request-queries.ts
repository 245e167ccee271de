import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { isFreeWithin } from '#directory/published-slots/free-day-queries'
import type { Interval } from '#availability/types'
import { readDb, txDb } from '#database/transactions'
import type { Urgency } from '#shared/urgencies'
import { openRequestStates, type RequestState } from './request-states'
import { epoch } from '#shared/time'

/** A consultation request with what commands and answers need of its neighbours. Instants are epoch milliseconds. */
export type RequestRow = {
  id: string
  reference: string
  status: RequestState
  manageTokenHash: string | null
  createdAt: number
  expiresAt: number | null
  preferredStart: number | null
  preferredEnd: number | null
  proposedTimes: Interval[]
  problemTitle: string | null
  problemDescription: string | null
  problemCategory: string | null
  urgency: Urgency | null
  answers: Record<string, string | number | boolean> | null
  requestDetails: string | null
  rejectionReason: string | null
  /** The requester's. */
  timeZone: string | null
  language: string | null
  serviceTypeId: string
  serviceTypeSlug: string
  serviceTypeName: string
  customerId: string
  customerName: string
  customerEmail: string
  customerTimeZone: string | null
  customerUserId: string | null
  /** The assigned one. */
  consultantId: string | null
  consultantSlug: string | null
  consultantName: string | null
  consultantUserId: string | null
  sessionId: string | null
  sessionReference: string | null
}

/** Select list and joins are fixed text; only the condition holds parameters. */
const selectRequest = sql.raw(`
  SELECT r.id, r.reference, r.status, r.manage_token_hash AS "manageTokenHash",
    ${epoch('r.created_at')} AS "createdAt", ${epoch('r.expires_at')} AS "expiresAt",
    ${epoch('r.preferred_start')} AS "preferredStart", ${epoch('r.preferred_end')} AS "preferredEnd",
    coalesce((SELECT json_agg(json_build_object('start', ${epoch('p.starts_at')}, 'end', ${epoch('p.ends_at')}) ORDER BY p._order)
      FROM consultation_requests_proposed_times p WHERE p._parent_id = r.id), '[]') AS "proposedTimes",
    r.problem_title AS "problemTitle", r.problem_description AS "problemDescription",
    r.problem_category AS "problemCategory", r.urgency, r.answers, r.request_details AS "requestDetails",
    r.rejection_reason AS "rejectionReason", r.time_zone AS "timeZone", r.language,
    t.id AS "serviceTypeId", t.slug AS "serviceTypeSlug", t.name AS "serviceTypeName",
    cu.id AS "customerId", cu.name AS "customerName", cu.email AS "customerEmail", cu.time_zone AS "customerTimeZone",
    cu.user_id AS "customerUserId",
    c.id AS "consultantId", c.slug AS "consultantSlug", c.name AS "consultantName", c.user_id AS "consultantUserId",
    s.id AS "sessionId", s.reference AS "sessionReference"
  FROM consultation_requests r
  JOIN service_types t ON t.id = r.service_type_id
  JOIN customers cu ON cu.id = r.requester_id
  LEFT JOIN consultant_profiles c ON c.id = r.assigned_consultant_id
  LEFT JOIN scheduled_sessions s ON s.id = r.scheduled_session_id`)

const findOne = async (req: PayloadRequest, condition: SQL): Promise<RequestRow | undefined> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`${selectRequest} WHERE ${condition}`)
  return rows[0] as RequestRow | undefined
}

export const findRequestById = (req: PayloadRequest, id: string) => findOne(req, sql`r.id = ${id}`)
export const findRequestByReference = (req: PayloadRequest, reference: string) =>
  findOne(req, sql`r.reference = ${reference}`)

/** @throws when it does not exist: the caller has just written it. */
export const requireRequest = async (req: PayloadRequest, id: string): Promise<RequestRow> => {
  const request = await findRequestById(req, id)
  if (!request) throw new Error(`Request ${id} does not exist.`)
  return request
}

/** Locks a request until the transaction ends, then reads it: everything that decides on its state does this first. */
export const lockRequest = async (req: PayloadRequest, id: string): Promise<RequestRow | undefined> => {
  const db = await txDb(req)
  await db.execute(sql`SELECT 1 FROM consultation_requests WHERE id = ${id} FOR UPDATE`)
  return findOne(req, sql`r.id = ${id}`)
}

/** When the row of a request was last written (epoch ms), locked until the transaction ends; undefined when it is gone. */
export const lockRequestVersion = async (req: PayloadRequest, id: string): Promise<number | undefined> => {
  const db = await txDb(req)
  const { rows } = await db.execute(sql`
    SELECT ${sql.raw(epoch('updated_at'))} AS version FROM consultation_requests WHERE id = ${id} FOR UPDATE`)
  return (rows[0] as { version: number } | undefined)?.version
}

export const isActiveServiceType = async (req: PayloadRequest, id: string): Promise<boolean> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`SELECT 1 FROM service_types WHERE id = ${id} AND is_active`)
  return rows.length > 0
}

/**
 * Who could answer a request: consultants who offer the service type and have published free time in the preferred window (any
 * time to come, without one) that can be booked now, best rated first, then those with the fewest open requests. Never the requester themselves.
 */
export const listFittingConsultants = async (
  req: PayloadRequest,
  args: {
    serviceTypeId: string
    requesterId: string
    preferredStart: number | null
    preferredEnd: number | null
    now: number
    limit: number
  },
): Promise<string[]> => {
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT c.id FROM consultant_profiles c
    JOIN service_types_rels offered ON offered.consultant_profiles_id = c.id
      AND offered.parent_id = ${args.serviceTypeId} AND offered.path = 'consultants'
    WHERE c._status = 'published' AND c.is_public AND c.availability_is_available
      AND NOT EXISTS (SELECT FROM customers cu WHERE cu.id = ${args.requesterId} AND cu.user_id = c.user_id)
      AND ${isFreeWithin(
        { start: args.preferredStart ?? args.now, end: args.preferredEnd },
        { now: args.now, ofServiceType: (column) => [sql`${column} = ${args.serviceTypeId}`] },
      )}
    ORDER BY c.statistics_average_rating DESC NULLS LAST,
      (SELECT count(*) FROM consultation_requests r WHERE r.assigned_consultant_id = c.id
        AND r.status::text = ANY (${sql.param([...openRequestStates])}::text[])),
      c.id
    LIMIT ${args.limit}`)
  return rows.map(({ id }) => String(id))
}
