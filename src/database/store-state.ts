import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type { PayloadRequest } from 'payload'
import type { ActorRole } from '#shared/actor'
import { decideTransition, type Machine, namesOf, statesBefore } from '#shared/state-table'
import { sqlStates } from './state-lists'
import { txDb } from './transactions'

/** Where a machine's state is kept. */
export type StateColumn = { table: string; column: string }

export type StateChange<Name extends string> = {
  at: StateColumn
  id: string
  to: Name
  role: ActorRole
  /** What else the row says from now on: assignments with a comma after each. */
  set: SQL
  /** The row can be in the state already, and only the rest of it is news. */
  mayStay?: boolean
}

/** Our own code asked for a way that the table of states does not have: nothing of its transaction is kept. */
export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition'
}

const presentState = async <Name extends string>(
  req: PayloadRequest,
  machine: Machine<Name>,
  { table, column }: StateColumn,
  id: string,
): Promise<Name> => {
  const { rows } = await (
    await txDb(req)
  ).execute(sql`SELECT ${sql.identifier(column)} AS state FROM ${sql.identifier(table)} WHERE id = ${id}`)
  const found = namesOf(machine.states).find((state) => state === rows[0]?.state)
  if (found === undefined) throw new IllegalTransition(`There is no ${machine.noun} ${id} with a state.`)
  return found
}

/**
 * Stores the state that something came into, with what is known of it. The row is written only where the table of states has the way
 * for that role: one statement, so no other write can come between the question and the answer.
 * @throws IllegalTransition naming what is allowed instead.
 */
export const storeState = async <Name extends string>(
  req: PayloadRequest,
  machine: Machine<Name>,
  { at, id, to, role, set, mayStay = false }: StateChange<Name>,
): Promise<void> => {
  const column = sql.identifier(at.column)
  const allowed = [...new Set([...statesBefore(machine, to, role), ...(mayStay ? [to] : [])])]
  if (allowed.length) {
    const { rows } = await (
      await txDb(req)
    ).execute(sql`
      UPDATE ${sql.identifier(at.table)} SET ${set} ${column} = ${to}, updated_at = now()
      WHERE id = ${id} AND ${column} IN ${sqlStates(allowed)} RETURNING id`)
    if (rows.length) return
  }
  const from = await presentState(req, machine, at, id)
  const refusal = decideTransition(machine, { from, to, role })
  throw new IllegalTransition(refusal?.message ?? `The ${machine.noun} ${id} changed meanwhile.`)
}
