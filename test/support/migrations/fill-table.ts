import type pg from 'pg'

/** How many rows of `table` there are. */
export const countRows = async (client: pg.Client, table: string): Promise<number> =>
  Number((await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]?.count)

/**
 * Copies the rows of a table that meet `where` until there are about `rows` more, each with a key of its own; texts in unique indexes are made
 * unique, and what else is unique is left empty. No trigger and no foreign key looks at it.
 * @param changes expressions for further columns; `n` counts the copies from 1
 */
export const copyRows = async (
  client: pg.Client,
  table: string,
  { rows, where, changes = {} }: { rows: number; where: string; changes?: Record<string, string> },
): Promise<void> => {
  const { rows: columns } = await client.query<{ name: string; type: string; unique: boolean }>(
    `SELECT attname AS name, atttypid::regtype::text AS type,
       EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique AND attnum = ANY (indkey)) AS unique
     FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  )
  const { rows: counted } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${where}`,
  )
  const times = Math.ceil(rows / Math.max(1, counted[0]?.count ?? 0))
  const value = ({ name, type, unique }: { name: string; type: string; unique: boolean }): string => {
    if (changes[name] !== undefined) return changes[name]
    if (name === 'id') return 'gen_random_uuid()'
    if (unique && type === 'character varying') return `CASE WHEN t.${name} IS NOT NULL THEN t.${name} || '-' || n END`
    return `t.${name}`
  }
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  await client.query('SET session_replication_role = replica')
  await client.query(
    `INSERT INTO ${table} (${names}) SELECT ${columns.map(value).join(', ')}
     FROM (SELECT * FROM ${table} WHERE ${where}) t CROSS JOIN generate_series(1, ${times}) n`,
  )
  await client.query('SET session_replication_role = origin')
}
