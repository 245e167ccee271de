import type pg from 'pg'
import { settings } from '#settings'

type Timeouts = Pick<pg.ClientConfig, 'statement_timeout' | 'idle_in_transaction_session_timeout'>

/** What a connection asks for when it starts: nothing behind a pooler, whose sessions belong to nobody. There a start checks what holds. */
export const startupTimeouts = <T extends Timeouts>(timeouts: T): Partial<T> =>
  settings.databasePooling === 'none' ? timeouts : {}

/** Whether a session of PostgreSQL keeps what was prepared in it for whoever prepared it. */
export const keepsPreparedStatements = settings.databasePooling !== 'transaction'

/** The name of a prepared statement for the driver; without it PostgreSQL plans it each time, and keeps nothing. */
export const preparedName = (name: string): { name?: string } => (keepsPreparedStatements ? { name } : {})

/**
 * Whether a statement may be ended by a cancel request. PgBouncer before 1.20 may end itself, with all connections, when one is sent
 * (pgbouncer/pgbouncer#801, #822); behind a pooler a statement is told in its own transaction how long it may take (query-within.ts).
 */
export const canCancel = settings.databasePooling === 'none'
