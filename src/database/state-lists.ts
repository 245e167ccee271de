import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'

/**
 * States as constants for a statement that is text: `'a', 'b'`. Constants and not parameters, so that PostgreSQL can use an index over
 * some states, and a prepared statement needs no further values.
 */
export const textStates = (states: readonly string[]): string => {
  const odd = states.find((state) => !/^[a-z_]+$/.test(state))
  if (odd !== undefined || !states.length) throw new Error(`No list of states: "${String(odd)}".`)
  return states.map((state) => `'${state}'`).join(', ')
}

/** The same in parentheses for a composed statement: `status IN ${sqlStates(openDisputes)}`. */
export const sqlStates = (states: readonly string[]): SQL => sql.raw(`(${textStates(states)})`)
