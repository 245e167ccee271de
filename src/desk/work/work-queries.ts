import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import { readDb, txDb } from '#database/transactions'
import type { StuckKind, StuckRow } from '#outbox/stuck-work'
import type { Actor } from '#shared/actor'
import { createId } from '#shared/ids'
import { epoch } from '#shared/time'

export type WorkRow = StuckRow & { kind: string }

type Kinds = ReadonlyMap<string, StuckKind>

const columns = sql.raw(`w.id, w.what, w.provider, ${epoch('w.since')} AS since, w.tries::int AS tries,
  ${epoch('w.next_at')} AS "nextAt", w.error, w.is_over AS "isOver", w.about`)

/** What is given up stays so while nothing new has happened to it. */
const isGivenUp = (kind: string): SQL => sql`EXISTS (SELECT FROM parley.given_up g
  WHERE g.kind = ${kind} AND g.work_id = w.id AND g.decided_at >= w.since)`

export type WorkFilter = {
  kind?: string | undefined
  provider?: string | undefined
  /** Ids of records: what is about one of them, or is one itself, is found. */
  about?: readonly string[] | undefined
  /** Text in what it is. */
  text?: string | undefined
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`)

const filtered = (kind: string, { provider, about, text }: WorkFilter): SQL => {
  const parts = [
    sql`NOT ${isGivenUp(kind)}`,
    ...(provider === undefined ? [] : [sql`w.provider = ${provider}`]),
    ...(about === undefined && text === undefined
      ? []
      : [
          sql`(w.id = ANY (${sql.param([...(about ?? [])])}::text[])
            OR EXISTS (SELECT FROM jsonb_array_elements(w.about) r WHERE r ->> 'id' = ANY (${sql.param([...(about ?? [])])}::text[]))
            OR w.what ILIKE ${`%${escapeLike(text ?? '')}%`} AND ${Boolean(text)})`,
        ]),
  ]
  return sql.join(parts, sql` AND `)
}

const chosen = (kinds: Kinds, kind: string | undefined): [string, StuckKind][] =>
  [...kinds].filter(([name]) => kind === undefined || name === kind)

/** An instant as a whole number of milliseconds, so that a cursor holds all of it. */
const place = (column: string): SQL => sql.raw(`floor(extract(epoch FROM ${column}) * 1000)::bigint`)

/** Where a page ends, and the next one begins; whole milliseconds. */
export type WorkCursor = { since: number; kind: string; id: string }

/** What waits longest comes first; a bounded page behind a cursor. */
export const listStuckWork = async (
  req: PayloadRequest,
  kinds: Kinds,
  { filter, after, limit }: { filter: WorkFilter; after: WorkCursor | undefined; limit: number },
): Promise<WorkRow[]> => {
  const branches = chosen(kinds, filter.kind).map(([kind, { select }]) => {
    const behind = after
      ? sql`AND (${place('w.since')}, ${kind}::text, w.id) > (${after.since}::bigint, ${after.kind}::text, ${after.id}::text)`
      : sql``
    return sql`(SELECT ${kind}::text AS kind, ${place('w.since')} AS place, ${columns} FROM (${select}) w
      WHERE ${filtered(kind, filter)} ${behind} ORDER BY ${place('w.since')}, w.id LIMIT ${limit})`
  })
  if (!branches.length) return []
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT kind, id, what, provider, since, tries, "nextAt", error, "isOver", about FROM (${sql.join(branches, sql` UNION ALL `)}) w
    ORDER BY place, kind, id LIMIT ${limit}`)
  return rows as WorkRow[]
}

export type WorkCount = { kind: string; provider: string | null; count: number }

/** Beyond that many of one kind nobody counts. */
export const mostCounted = 1_000

/** How much of each kind and provider is stuck and not given up. */
export const countStuckWork = async (req: PayloadRequest, kinds: Kinds): Promise<WorkCount[]> => {
  const branches = [...kinds].map(
    ([kind, { select }]) => sql`(SELECT ${kind}::text AS kind, w.provider FROM (${select}) w
      WHERE ${filtered(kind, {})} LIMIT ${mostCounted})`,
  )
  const db = await readDb(req)
  const { rows } = await db.execute(sql`
    SELECT kind, provider, count(*)::int AS count FROM (${sql.join(branches, sql` UNION ALL `)}) w
    GROUP BY 1, 2 ORDER BY 1, 2`)
  return rows as WorkCount[]
}

/** These pieces of work, if they are stuck, given up or not. */
export const findStuckWork = async (
  req: PayloadRequest,
  kinds: Kinds,
  items: readonly { kind: string; id: string }[],
): Promise<WorkRow[]> => {
  const branches = [...kinds].flatMap(([kind, { select }]) => {
    const ids = items.flatMap((item) => (item.kind === kind ? [item.id] : []))
    return ids.length
      ? [
          sql`(SELECT ${kind}::text AS kind, ${columns} FROM (${select}) w WHERE w.id = ANY (${sql.param(ids)}::text[]))`,
        ]
      : []
  })
  if (!branches.length) return []
  const db = await readDb(req)
  const { rows } = await db.execute(sql.join(branches, sql` UNION ALL `))
  return rows as WorkRow[]
}

export type Decision = {
  id: string
  kind: string
  workId: string
  decision: 'try_again' | 'give_up'
  reason: string
  decidedBy: string | null
  /** Epoch milliseconds. */
  decidedAt: number
  /** As it was when it was decided. */
  work: StuckRow
}

const selectDecision =
  sql.raw(`SELECT d.id, d.kind, d.work_id AS "workId", d.decision, coalesce(d.reason, '') AS reason,
  d.decided_by AS "decidedBy", ${epoch('d.decided_at')} AS "decidedAt", d.work`)

/** Makes everybody else who decides about the same piece of work wait until the transaction ends. */
export const lockWork = async (req: PayloadRequest, { kind, id }: { kind: string; id: string }): Promise<void> => {
  await (await txDb(req)).execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`work:${kind}:${id}`}, 0))`)
}

/** The decision that something is given up, if that holds. */
export const findGivenUp = async (req: PayloadRequest, row: WorkRow): Promise<Decision | undefined> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    ${selectDecision} FROM parley.given_up d
    WHERE d.kind = ${row.kind} AND d.work_id = ${row.id} AND d.decided_at >= to_timestamp(${row.since}::float8 / 1000)`)
  return rows[0] as Decision | undefined
}

/** Writes down who decided what, why, and how things stood. */
export const insertDecision = async (
  req: PayloadRequest,
  { kind, ...work }: WorkRow,
  { decision, actor, reason }: { decision: Decision['decision']; actor: Actor; reason: string | null },
): Promise<void> => {
  await (
    await txDb(req)
  ).execute(sql`
    INSERT INTO parley.work_decisions (id, kind, work_id, decision, reason, decided_by, decided_by_role, decided_at, work)
    VALUES (${createId()}, ${kind}, ${work.id}, ${decision}, ${reason}, ${actor.id}, ${actor.role}, clock_timestamp(), ${JSON.stringify(work)}::jsonb)`)
}

/** What is given up, latest first; a bounded page behind a cursor. */
export const listGivenUp = async (
  req: PayloadRequest,
  { filter, after, limit }: { filter: WorkFilter; after: { decidedAt: number; id: string } | undefined; limit: number },
): Promise<Decision[]> => {
  const { kind, provider, about, text } = filter
  const parts = [
    sql`true`,
    ...(kind === undefined ? [] : [sql`d.kind = ${kind}`]),
    ...(provider === undefined ? [] : [sql`d.work ->> 'provider' = ${provider}`]),
    ...(about === undefined && text === undefined
      ? []
      : [
          sql`(d.work_id = ANY (${sql.param([...(about ?? [])])}::text[])
            OR EXISTS (SELECT FROM jsonb_array_elements(d.work -> 'about') r WHERE r ->> 'id' = ANY (${sql.param([...(about ?? [])])}::text[]))
            OR d.work ->> 'what' ILIKE ${`%${escapeLike(text ?? '')}%`} AND ${Boolean(text)})`,
        ]),
    ...(after ? [sql`(${place('d.decided_at')}, d.id) < (${after.decidedAt}::bigint, ${after.id}::uuid)`] : []),
  ]
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    ${selectDecision} FROM parley.given_up d WHERE ${sql.join(parts, sql` AND `)}
    ORDER BY ${place('d.decided_at')} DESC, d.id DESC LIMIT ${limit}`)
  return rows as Decision[]
}
