import type pg from 'pg'

/** The rows of every table, as one sum each. */
export const takeSums = async (client: pg.Client): Promise<Record<string, string>> => {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  )
  const sums: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ sum: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS sum FROM ${name} t`,
    )
    sums[name.replace(/^public\./, '')] = rows[0]?.sum ?? ''
  }
  return sums
}

/** What reading may write, and why. Everything else of the database stays as it is, to the byte. */
const mayChange: Readonly<Record<string, string>> = {
  'parley.rate_limits': 'Requests are counted.',
  'parley.facts': 'What health has looked up is kept for a moment, for all processes.',
}

export const changedBetween = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((name) => before[name] !== after[name] && !(name in mayChange))
