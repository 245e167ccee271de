import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'
import { readDb } from '#database/transactions'
import { epoch } from '#shared/time'

/** A table as PostgreSQL knows it without looking into it. Sizes in bytes, what lies outside of the rows among them. */
export type TableFacts = {
  /** With its schema unless it is `public`. */
  name: string
  /** As the last look of autovacuum estimates them; null when it has not looked yet. */
  rows: number | null
  /** What is known of it comes from a look of autovacuum or `ANALYZE`, so the planner can estimate as well. */
  isAnalysed: boolean
  /** Of the rows alone. */
  heapBytes: number
  /** Rows that were deleted or written anew, and whose place is free when it is vacuumed. */
  dead: number
  bytes: number
  indexBytes: number
}

/** Every table of the product, of Payload, of the queue and of extensions, and the whole database; from the catalogue alone. */
export const listTables = async (req: PayloadRequest): Promise<{ tables: TableFacts[]; databaseBytes: number }> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
      CASE WHEN c.reltuples >= 0 OR s.n_live_tup > 0 OR pg_relation_size(c.oid) = 0
        THEN greatest(c.reltuples, s.n_live_tup, 0)::float8 END AS rows,
      c.reltuples >= 0 AS "isAnalysed", pg_relation_size(c.oid)::float8 AS "heapBytes", coalesce(s.n_dead_tup, 0)::float8 AS dead,
      pg_table_size(c.oid)::float8 AS bytes, pg_indexes_size(c.oid)::float8 AS "indexBytes",
      pg_database_size(current_database())::float8 AS "databaseBytes"
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN ('public', 'parley', 'graphile_worker')`)
  return { tables: rows as TableFacts[], databaseBytes: Number(rows[0]?.databaseBytes ?? 0) }
}

const tableOf = (name: string) => {
  const [schema, table] = name.includes('.') ? name.split('.') : ['public', name]
  return sql`${sql.identifier(schema ?? '')}.${sql.identifier(table ?? '')}`
}

/** How many rows tables have, by name. Reads all of each: for small ones. */
export const countSmallTables = async (
  req: PayloadRequest,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (!names.length) return new Map()
  const counts = names.map((name) => sql`SELECT ${name}::text AS name, count(*)::float8 AS rows FROM ${tableOf(name)}`)
  const { rows } = await (await readDb(req)).execute(sql.join(counts, sql` UNION ALL `))
  return new Map(rows.map(({ name, rows: count }) => [String(name), Number(count)]))
}

/** How many rows came in the last 30 days. Reads all of them: for a small table. */
export const countRecentRows = async (
  req: PayloadRequest,
  { table, cameAt }: { table: string; cameAt: string },
): Promise<number> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT count(*)::float8 AS count FROM ${tableOf(table)} WHERE ${sql.identifier(cameAt)} > now() - interval '30 days'`)
  return Number(rows[0]?.count)
}

/** The plan of a statement, as `EXPLAIN (FORMAT JSON)` gives it. */
type Plan = { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }

/** How many rows came in the last 30 days, as the planner estimates it from the statistics of the table: none is read. */
export const estimateRecentRows = async (
  req: PayloadRequest,
  { table, cameAt }: { table: string; cameAt: string },
): Promise<number> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    EXPLAIN (FORMAT JSON) SELECT FROM ${tableOf(table)} WHERE ${sql.identifier(cameAt)} > now() - interval '30 days'`)
  return (rows as Plan[])[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

/** Between the rows that are looked at for the oldest one, in a table whose ids are ordered by time. */
const looked = 20

/**
 * When the oldest row came, epoch milliseconds; null without rows. Ids of tables are ordered by time, so it is among the first of them; for a table without
 * such ids nothing is said.
 */
export const findOldest = async (
  req: PayloadRequest,
  { table, cameAt }: { table: string; cameAt: string },
): Promise<number | null> => {
  const { rows } = await (
    await readDb(req)
  ).execute(sql`
    SELECT ${sql.raw(epoch('min(at)'))} AS at FROM (
      SELECT ${sql.identifier(cameAt)} AS at FROM ${tableOf(table)} ORDER BY id LIMIT ${looked}) first`)
  const at = rows[0]?.at
  return typeof at === 'number' ? at : null
}
