import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import type pg from 'pg'
import type { LeaseStore } from '#access/leases'
import type { GuardStore } from '#access/login-guards'
import { settings } from '#settings'
import { preparedName, startupTimeouts } from './connections'
import { safePg } from './safe-pg'
import { poolDb } from './transactions'

/**
 * Rows are locked in one order, so that no two processes wait for each other, and the clock is that of PostgreSQL. The table is
 * unlogged: a lease waits for no disk, and a crash of PostgreSQL forgets what was counted.
 */
const leaseStatement = `
  INSERT INTO parley.rate_limits AS held (key, most, taken, granted, ends_at)
  SELECT key, most, least(points, most), least(points, most), statement_timestamp() + make_interval(secs => seconds)
  FROM unnest($1::text[], $2::int[], $3::int[], $4::int[]) AS asked (key, points, most, seconds) ORDER BY key COLLATE "C"
  ON CONFLICT (key) DO UPDATE SET
    most = excluded.most,
    taken = CASE WHEN held.ends_at <= statement_timestamp() THEN excluded.taken
      ELSE greatest(held.taken, least(held.taken + excluded.granted, excluded.most)) END,
    granted = CASE WHEN held.ends_at <= statement_timestamp() THEN excluded.granted
      ELSE greatest(0, least(excluded.granted, excluded.most - held.taken)) END,
    ends_at = CASE WHEN held.ends_at <= statement_timestamp() THEN excluded.ends_at ELSE held.ends_at END
  RETURNING key, granted AS points, taken >= most AS "isLast",
    (extract(epoch FROM ends_at - clock_timestamp()) * 1000)::float8 AS "endsInMs"`

let pool: pg.Pool | undefined

/**
 * A connection of its own: who asks may be in a transaction, and when all of them have a connection and wait for another one, none is left.
 * It is quick or of no use.
 */
const openPool = (): pg.Pool =>
  new safePg.Pool({
    connectionString: settings.databaseUrl,
    max: 1,
    connectionTimeoutMillis: 1_000,
    query_timeout: 2_000,
    ...startupTimeouts({ statement_timeout: 2_000 }),
    allowExitOnIdle: true,
  })

type Row = { key: string; points: number; isLast: boolean; endsInMs: number }

/** The limits of all processes, in PostgreSQL. @throws what the driver throws. */
export const limitStore: LeaseStore = async (requests) => {
  pool ??= openPool()
  const columns = [
    requests.map(({ key }) => key),
    requests.map(({ points }) => points),
    requests.map(({ most }) => most),
    requests.map(({ seconds }) => seconds),
  ]
  const { rows } = await pool.query<Row>({ ...preparedName('lease-limits'), text: leaseStatement, values: columns })
  const byKey = new Map(rows.map((row) => [row.key, row]))
  return requests.map(({ key }) => {
    const row = byKey.get(key)
    if (!row) throw new Error('A lease was not answered.')
    return row
  })
}

/** What is counted exactly, in the same table. */
export const guardStore: GuardStore = {
  take: async (key, { most, seconds }) => {
    const [given] = await limitStore([{ key, points: 1, most, seconds }])
    return given?.points ? undefined : (given?.endsInMs ?? 0)
  },
  giveBack: async (key) => {
    await query('give-back-limit', 'UPDATE parley.rate_limits SET taken = greatest(0, taken - 1) WHERE key = $1', [key])
  },
  forget: async (key) => {
    await query('forget-limit', 'DELETE FROM parley.rate_limits WHERE key = $1', [key])
  },
  forgetAll: async (beginning) => {
    await query('forget-limits', 'DELETE FROM parley.rate_limits WHERE starts_with(key, $1)', [beginning])
  },
}

const query = (name: string, text: string, values: readonly string[]): Promise<unknown> => {
  pool ??= openPool()
  return pool.query({ ...preparedName(name), text, values: [...values] })
}

export const closeLimitStore = async (): Promise<void> => {
  const open = pool
  pool = undefined
  await open?.end()
}

/** Removes limits whose time is over; the next minute takes the rest. What somebody asks for at this moment stays. */
export const deleteOldLimits = async (payload: Payload): Promise<void> => {
  await poolDb(payload).execute(sql`
    DELETE FROM parley.rate_limits WHERE key IN (
      SELECT key FROM parley.rate_limits WHERE ends_at < now() LIMIT 10000 FOR UPDATE SKIP LOCKED)`)
}
