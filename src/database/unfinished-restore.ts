import type pg from 'pg'

type Connection = Pick<pg.Client, 'query'>

/** What to do with a database that a restore has not brought to its end. */
export const unfinishedRestore =
  'A restore into this database was interrupted, or is not over yet. If none is running, drop the database, create it again and restore anew.'

/** A schema, as it stands beside whatever `pg_restore` commits and needs no right but its own. No dump has one of this name. */
const marker = 'parley_restoring'

/** Whether a restore has begun here and did not come to its end: what is there may be whole, and nothing holds the workers. */
export const isRestoring = async (client: Connection): Promise<boolean> => {
  const { rows } = await client.query<{ there: boolean }>('SELECT to_regnamespace($1) IS NOT NULL AS there', [marker])
  return rows[0]?.there ?? false
}

/** Says that a restore begins. A second one that is at it waits for the transaction of this one, and then fails. */
export const markRestoring = async (client: Connection): Promise<void> => {
  await client.query(`CREATE SCHEMA ${marker}`)
}

/** Says that it is over: in the transaction that holds the workers. */
export const unmarkRestoring = async (client: Connection): Promise<void> => {
  await client.query(`DROP SCHEMA ${marker}`)
}
