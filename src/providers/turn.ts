import type { WindowTurn } from './provider-queries'

/** When a call may go. */
export type Turn = {
  /** From now. */
  waitMs: number
  /** The earliest moment at which that may have been over by PostgreSQL's clock: milliseconds of this process' own. */
  dueAt: number
  /** What it has taken in the windows of exact limits. */
  rooms: readonly WindowTurn[]
}
