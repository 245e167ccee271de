import { type Asking, isStaff } from './roles'

/** Who asks, as far as reading is bounded. Anybody can register, so a login alone is trusted little further than nobody. */
export type ReaderKind = 'nobody' | 'login' | 'staff'

export const readerKindOf = (req: Asking): ReaderKind => {
  if (isStaff(req)) return 'staff'
  return req.user ? 'login' : 'nobody'
}

type QueryBounds = {
  /** What one request may cost, in the units of {@link computeQueryCost}: about a millisecond each with 5,000 records. */
  cost: number
  /** So much of it is one point of the limit of reading. */
  costOfPoint: number
  /** Milliseconds that a single statement may take; undefined: as long as PostgreSQL lets any. */
  statementMs: number | undefined
  /** The share of a process's connections that reads of the generated API may use; undefined: all. */
  connections: number | undefined
  /** How many requests to the generated API a process works on at the same time, and those of one caller among them. */
  together: number
  alone: number
}

/**
 * - Nobody: a page of 200 records, with what they point to, and a search in several fields of relations. What takes longer than three seconds has
 *   met a database that is busy with something else.
 * - Logins of customers and consultants: what the admin asks for a consultant is a page with a search over some columns, several of these at once.
 * - Staff: reports and exports by conditions. They have many people to answer for, and are few. Whatever they ask is bounded all the same.
 *
 * Nobody and logins leave, together, more than a third of the connections to bookings and to staff.
 */
export const queryBounds = {
  nobody: { cost: 1_000, costOfPoint: 10, statementMs: 3_000, connections: 0.3, together: 6, alone: 4 },
  login: { cost: 2_000, costOfPoint: 10, statementMs: 8_000, connections: 0.3, together: 12, alone: 6 },
  staff: { cost: 10_000, costOfPoint: 50, statementMs: undefined, connections: undefined, together: 64, alone: 32 },
} as const satisfies Record<ReaderKind, QueryBounds>
