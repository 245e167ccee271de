import type pg from 'pg'

/** What is set for the role or the database holds where that is less. */
const begin = (ms: number): string => `BEGIN;
  SELECT set_config('statement_timeout', '${ms}', true)
  WHERE current_setting('statement_timeout') = '0' OR current_setting('statement_timeout')::interval > '${ms} ms'::interval`

/**
 * Asks a statement in a transaction of its own, in which it may take so long and no longer. For where no session belongs to anybody, so that none
 * can be told, and a cancel request might meet somebody else: three round trips for one.
 */
export const queryWithin = async (
  pool: Pick<pg.Pool, 'connect'>,
  ms: number,
  ask: (client: pg.PoolClient) => unknown,
): Promise<unknown> => {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(begin(Math.ceil(ms)))
    const answer = await ask(client)
    await client.query('COMMIT')
    return answer
  } catch (error) {
    // A connection on which nothing can be undone is not given to anybody else.
    await client.query('ROLLBACK').catch((reason: unknown) => {
      broken = reason instanceof Error ? reason : new Error(String(reason))
    })
    throw error
  } finally {
    client.release(broken)
  }
}
