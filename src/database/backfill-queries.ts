import type pg from 'pg'

type Connection = Pick<pg.ClientBase, 'query'>

/** What a backfill of a migration is to do; see `backfill` in `migration-steps.ts`. */
export type Backfill = {
  name: string
  table: string
  key: string
  rows: number
  sql: string
}

/** How a batch ended: there may be `more`, all is `done`, or somebody else is `busy` with it. */
export type BatchResult = { state: 'more' | 'done'; rows: number } | { state: 'busy' }

/** Notes that it is to be done. One that was noted by an interrupted try keeps its progress. */
export const noteBackfill = async (
  connection: Connection,
  { name, table, key, rows, sql }: Backfill,
): Promise<void> => {
  await connection.query(
    `INSERT INTO parley.backfills (name, "table", key, rows, sql) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (name) DO UPDATE SET "table" = excluded."table", key = excluded.key, rows = excluded.rows, sql = excluded.sql`,
    [name, table, key, rows, sql],
  )
}

type Row = Backfill & { after: string | null; finished: boolean }

/**
 * Does the next batch in the open transaction, in which its progress is noted as well: whatever ends the transaction, nothing is done
 * twice or left out. Two at once do not wait for each other.
 * @throws Error when there is no such backfill
 */
export const runBackfillBatch = async (connection: Connection, name: string): Promise<BatchResult> => {
  const { rows: found } = await connection.query<Row>(
    `SELECT name, "table", key, rows, sql, after, finished_at IS NOT NULL AS finished FROM parley.backfills
     WHERE name = $1 FOR UPDATE SKIP LOCKED`,
    [name],
  )
  const [row] = found
  if (!row) {
    const { rowCount } = await connection.query('SELECT FROM parley.backfills WHERE name = $1', [name])
    if (!rowCount) throw new Error(`There is no backfill ${name}.`)
    return { state: 'busy' }
  }
  if (row.finished) return { state: 'done', rows: 0 }
  // Row locks that others hold are waited for shortly, as what this holds itself is waited for as well.
  await connection.query(`SET LOCAL lock_timeout = '2s'`)
  const range = await findRange(connection, row)
  if (range) await connection.query(row.sql, [range.from, range.to])
  const rows = range?.rows ?? 0
  const state = rows < row.rows ? 'done' : 'more'
  await connection.query(
    `UPDATE parley.backfills SET after = coalesce($2, after), done = done + $3, batch_at = now(),
       finished_at = CASE WHEN $4 THEN now() END WHERE name = $1`,
    [name, range?.to ?? null, rows, state === 'done'],
  )
  return { state, rows }
}

type Range = { from: string; to: string; rows: number }

/** The keys of the next rows: from the first to the last, both included. */
const findRange = async (connection: Connection, { table, key, rows, after }: Row): Promise<Range | undefined> => {
  const { rows: ranges } = await connection.query<{ keys: string[] | null }>({
    text: `SELECT array_agg(key::text ORDER BY key) AS keys FROM (
      SELECT ${key} AS key FROM ${table} ${after === null ? '' : `WHERE ${key} > $2`} ORDER BY ${key} LIMIT $1) batch`,
    values: after === null ? [rows] : [rows, after],
  })
  const keys = ranges[0]?.keys ?? []
  const [from] = keys
  const to = keys.at(-1)
  return from === undefined || to === undefined ? undefined : { from, to, rows: keys.length }
}

/** The first that is not finished: they are done in the order in which they were noted. */
export const findNextBackfill = async (connection: Connection): Promise<string | undefined> => {
  const { rows } = await connection.query<{ name: string }>(
    'SELECT name FROM parley.backfills WHERE finished_at IS NULL ORDER BY number LIMIT 1',
  )
  return rows[0]?.name
}
