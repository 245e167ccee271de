import type { Client } from 'pg'

/** What a table takes, in bytes; `rows` is counted. */
type TableSize = { heap: number; toast: number; indexes: number; rows: number; dead: number }

export type Sizes = ReadonlyMap<string, TableSize>

/** Every table of the product, of Payload and of the queue. Counts rows: for benchmarks, never for a live page. */
export const readSizes = async (database: Client): Promise<Sizes> => {
  const { rows } = await database.query<{
    name: string
    heap: string
    toast: string
    indexes: string
    dead: string
  }>(`
    SELECT c.oid::regclass::text AS name, pg_relation_size(c.oid) AS heap,
      CASE WHEN c.reltoastrelid <> 0 THEN pg_total_relation_size(c.reltoastrelid) ELSE 0 END AS toast,
      pg_indexes_size(c.oid) AS indexes, coalesce(s.n_dead_tup, 0) AS dead
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'parley', 'graphile_worker')`)
  const sizes = new Map<string, TableSize>()
  for (const { name, heap, toast, indexes, dead } of rows) {
    const counted = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`)
    sizes.set(name, {
      heap: Number(heap),
      toast: Number(toast),
      indexes: Number(indexes),
      dead: Number(dead),
      rows: counted.rows[0]?.count ?? 0,
    })
  }
  return sizes
}

const bytesOf = ({ heap, toast, indexes }: TableSize) => heap + toast + indexes

const empty: TableSize = { heap: 0, toast: 0, indexes: 0, rows: 0, dead: 0 }

/** A page is the least that a relation grows by; what is less than that a booking is none of it. */
const isWorthALine = (bytes: number) => Math.abs(bytes) >= 1

/** What a booking leaves in each table, the heaviest first. */
export const describeTables = (after: Sizes, before: Sizes, bookings: number): string => {
  const lines = [...after].map(([name, size]) => {
    const old = before.get(name) ?? empty
    const each = (part: keyof TableSize) => (size[part] - old[part]) / bookings
    return {
      name,
      bytes: (bytesOf(size) - bytesOf(old)) / bookings,
      heap: each('heap'),
      toast: each('toast'),
      indexes: each('indexes'),
      rows: each('rows'),
    }
  })
  lines.sort((a, b) => b.bytes - a.bytes)
  const sum = lines.reduce((total, { bytes }) => total + bytes, 0)
  const parts = ([['heap'], ['toast'], ['indexes']] as const).map(
    ([part]) => `${part} ${lines.reduce((total, line) => total + line[part], 0).toFixed(0)}`,
  )
  return [
    `${'table'.padEnd(44)}${['bytes', 'heap', 'toast', 'indexes', 'rows'].map((word) => word.padStart(9)).join('')}`,
    ...lines
      .filter(({ bytes }) => isWorthALine(bytes))
      .map(
        ({ name, bytes, heap, toast, indexes, rows }) =>
          `${name.padEnd(44)}${[bytes, heap, toast, indexes].map((value) => value.toFixed(0).padStart(9)).join('')}${rows.toFixed(2).padStart(9)}`,
      ),
    `${'a booking'.padEnd(44)}${sum.toFixed(0).padStart(9)}  (${parts.join(', ')})`,
  ].join('\n')
}

/** Every index: bytes a booking, how often it was read, and of what. */
export const describeIndexes = async (database: Client, bookings: number): Promise<string> => {
  const { rows } = await database.query<{ bytes: string; scans: string; definition: string }>(`
    SELECT pg_relation_size(s.indexrelid) AS bytes, s.idx_scan AS scans, pg_get_indexdef(s.indexrelid) AS definition
    FROM pg_stat_user_indexes s WHERE pg_relation_size(s.indexrelid) > 16384 ORDER BY 1 DESC`)
  return rows
    .map(
      ({ bytes, scans, definition }) =>
        `${(Number(bytes) / bookings).toFixed(0).padStart(6)} ${scans.padStart(8)}  ${definition.replace(/CREATE (UNIQUE )?INDEX \S+ ON /, '$1')}`,
    )
    .join('\n')
}

/** What the columns of the heaviest tables weigh: bytes a booking, as stored. */
export const describeColumns = async (database: Client, sizes: Sizes, bookings: number): Promise<string> => {
  const heaviest = [...sizes]
    .sort(([, a], [, b]) => bytesOf(b) - bytesOf(a))
    .slice(0, 16)
    .map(([name]) => name)
  const lines: string[] = []
  for (const table of heaviest) {
    const columns = await database.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [table],
    )
    const sums = columns.rows.map(({ name }) => `coalesce(sum(pg_column_size("${name}")), 0)::float8 AS "${name}"`)
    const { rows } = await database.query<Record<string, number>>(`SELECT ${sums.join(', ')} FROM ${table}`)
    const weights = Object.entries(rows[0] ?? {})
      .map(([name, bytes]) => ({ name, each: bytes / bookings }))
      .filter(({ each }) => each >= 4)
      .sort((a, b) => b.each - a.each)
    lines.push(`${table}: ${weights.map(({ name, each }) => `${name} ${each.toFixed(0)}`).join(', ')}`)
  }
  return lines.join('\n')
}

/** A page of 8 KB is filled with entries of an index to nine tenths; each has a pointer on the page and a header. */
const entryBytes = (keys: readonly string[]): string => {
  const key = keys.map((expression) => `coalesce(pg_column_size(${expression}), 0)`).join(' + ')
  return `(4 + 8 + ceil((${key}) / 8.0) * 8) / 0.9`
}

/**
 * What the rows and entries themselves weigh: what tables and indexes would come to with so many bookings that pages which are not full are none of it. Entries of
 * equal keys, which PostgreSQL writes once, are counted each, so indexes of few values come out too large.
 */
export const readWeights = async (database: Client): Promise<Sizes> => {
  const { rows: tables } = await database.query<{ name: string; id: number }>(`
    SELECT c.oid::regclass::text AS name, c.oid::int AS id FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'parley', 'graphile_worker')`)
  const weights = new Map<string, TableSize>()
  for (const { name, id } of tables) {
    const { rows } = await database.query<{ heap: number; count: number }>(
      `SELECT coalesce(sum(ceil(pg_column_size(t.*) / 8.0) * 8 + 4), 0)::float8 AS heap, count(*)::int AS count FROM ${name} t`,
    )
    const { rows: indexes } = await database.query<{ keys: string[]; condition: string | null }>(
      `SELECT array(SELECT pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnatts) k) AS keys,
         pg_get_expr(i.indpred, i.indrelid) AS condition
       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
       WHERE i.indrelid = $1 AND a.amname = 'btree'`,
      [id],
    )
    let entries = 0
    for (const { keys, condition } of indexes) {
      const { rows: weighed } = await database.query<{ bytes: number }>(
        `SELECT coalesce(sum(${entryBytes(keys)}), 0)::float8 AS bytes FROM ${name} WHERE ${condition ?? 'true'}`,
      )
      entries += weighed[0]?.bytes ?? 0
    }
    weights.set(name, { heap: rows[0]?.heap ?? 0, toast: 0, indexes: entries, dead: 0, rows: rows[0]?.count ?? 0 })
  }
  return weights
}
