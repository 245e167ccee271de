import type pg from 'pg'
import type { PatientWaiter } from './lock-patience'

/**
 * graphile-worker shuts its tables to everybody but their owner: row level security is on, and no policy lets anybody in. Processes whose role owns nothing
 * would see no job at all. Who may read and write them is said by what roles were granted, as of all other tables.
 */
const closedTables = `
  SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'graphile_worker' AND c.relrowsecurity AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
  ORDER BY 1`

/** Lets whoever was granted a table of the job queue reach its rows. Does nothing where that is so. */
export const openJobRows = async (client: pg.Client, waiter: PatientWaiter): Promise<void> => {
  const { rows } = await client.query<{ name: string }>(closedTables)
  for (const { name } of rows) {
    await waiter.run(`policy of ${name}`, () =>
      client.query(`CREATE POLICY parley ON ${name} USING (true) WITH CHECK (true)`),
    )
  }
}

export const hasClosedJobRows = async (client: Pick<pg.Client, 'query'>): Promise<boolean> => {
  const { rows } = await client.query(`SELECT FROM (${closedTables}) closed LIMIT 1`)
  return rows.length > 0
}
