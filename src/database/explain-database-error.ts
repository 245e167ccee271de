import { DomainError } from '#shared/errors'
import { causesOf, findDatabaseError } from './find-database-error'
import { findLostConnection, OutcomeUnknown } from './lost-connection'
import {
  type Explanation,
  outcomeUnknown,
  poolUsedUp,
  refusalsToConnect,
  sqlStateMeanings,
  unreachable,
} from './sql-states'

/** An error of the database as a refusal that a caller can do something about; undefined for what is our own fault. */
export const explainDatabaseError = (error: unknown): DomainError | undefined => {
  const explanation = explain(error)
  if (!explanation) return undefined
  const { code, message, retryAfter } = explanation
  return new DomainError(code, message, { cause: error, ...(retryAfter === undefined ? {} : { retryAfter }) })
}

/** Whether the transaction was rolled back for the sake of another one, so that running it once more makes sense. */
export const isWorthRunningAgain = (error: unknown): boolean => explain(error)?.runAgain === true

/** Whether PostgreSQL refused it because somebody else has claimed that time. */
export const isSlotTaken = (error: unknown): boolean => explain(error)?.code === 'slot_taken'

const explain = (error: unknown): Explanation | undefined => {
  if (causesOf(error).some((cause) => cause instanceof OutcomeUnknown)) return outcomeUnknown
  const code = findDatabaseError(error)?.code
  const lost = findLostConnection(error)
  if (lost === 'waited') return poolUsedUp
  if (lost === 'refused') return find(refusalsToConnect, code) ?? unreachable
  // A lost connection is why, also where the code of what came before or after it says something else.
  if (lost === 'broken') return lostWith(code) ?? unreachable
  // Without the end of the connection it is about a message of ours that makes no sense (too many parameters, say).
  if (code === protocolViolation) return undefined
  return find(sqlStateMeanings, code)
}

const protocolViolation = '08P01'

const lostWith = (code: string | undefined): Explanation | undefined => {
  const explanation = find(sqlStateMeanings, code)
  return explanation?.code === 'unavailable' ? explanation : undefined
}

const find = (table: Readonly<Record<string, Explanation>>, code: string | undefined): Explanation | undefined => {
  if (code === undefined) return undefined
  const key = [code, code.slice(0, 2)].find((name) => Object.hasOwn(table, name))
  return key === undefined ? undefined : table[key]
}
