import type pg from 'pg'

type Column = { table: string; number: number; name: string; required: boolean; hasDefault: boolean }
type Index = { table: string; name: string }
type Constraint = { table: string; name: string; kind: string; valid: boolean; definition: string }

/** What is there, by oids that outlive a new name. */
export type Catalog = {
  tables: ReadonlyMap<string, { name: string; file: string }>
  columns: ReadonlyMap<string, Column>
  indexes: ReadonlyMap<string, Index>
  constraints: ReadonlyMap<string, Constraint>
}

const ours = `relnamespace IN ('public'::regnamespace, 'parley'::regnamespace)`

/** Tables of ours, with columns, indexes and constraints, as the open transaction sees them. */
export const readCatalog = async (client: pg.Client): Promise<Catalog> => {
  const read = async <Row extends object>(text: string): Promise<ReadonlyMap<string, Row>> => {
    const { rows } = await client.query<Row & { key: string }>(text)
    return new Map(rows.map((row) => [row.key, row]))
  }
  return {
    tables: await read(
      `SELECT c.oid AS key, format('%s.%s', nspname, relname) AS name, relfilenode AS file
       FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p') AND ${ours}`,
    ),
    columns: await read(
      `SELECT attrelid || '/' || attnum AS key, attrelid AS "table", attnum::int AS number, attname AS name, attnotnull AS required,
         atthasdef OR attidentity <> '' AS "hasDefault"
       FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
       WHERE relkind IN ('r', 'p') AND ${ours} AND attnum > 0 AND NOT attisdropped`,
    ),
    indexes: await read(
      `SELECT indexrelid AS key, indrelid AS "table", c.relname AS name FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE ${ours}`,
    ),
    constraints: await read(
      `SELECT o.oid AS key, conrelid AS "table", conname AS name, contype AS kind, convalidated AS valid, pg_get_constraintdef(o.oid) AS definition
       FROM pg_constraint o JOIN pg_class c ON c.oid = conrelid WHERE ${ours} AND contype IN ('c', 'f')`,
    ),
  }
}

/** Tables that the open transaction keeps others from writing to, by oid. */
export const readWriteLocks = async (client: pg.Client): Promise<ReadonlySet<string>> => {
  const { rows } = await client.query<{ table: string }>(
    `SELECT DISTINCT relation AS "table" FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
       AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`,
  )
  return new Set(rows.map(({ table }) => table))
}
