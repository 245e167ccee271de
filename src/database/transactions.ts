import { randomUUID } from 'node:crypto'
import { commitTransaction, createLocalReq, isolateObjectProperty, killTransaction } from 'payload'
import type { Payload, PayloadRequest } from 'payload'
import { type PostgresAdapter, sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import type pg from 'pg'
import { findDatabaseError } from './find-database-error'
import { isWorthRunningAgain } from './explain-database-error'
import { findLostConnection, OutcomeUnknown } from './lost-connection'
import { currentOperation } from '#shared/operation'

/** There is no transaction any more where one is needed. Where that is because the connection was lost, its cause says so. */
class TransactionGone extends Error {
  override readonly name = 'TransactionGone'

  constructor(message: string) {
    super(message, { cause: currentOperation()?.lostDatabase })
  }
}

type DatabaseAdapterObject = { init: (args: { payload: Payload }) => PostgresAdapter } & Record<string, unknown>
type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable'
type Row = Record<string, unknown>

/** The connection of one transaction (or savepoint). */
export type TransactionConnection = {
  execute: (query: SQL) => Promise<{ rows: Row[]; rowCount: number | null }>
  transaction: <T>(run: (savepoint: TransactionConnection) => Promise<T>) => Promise<T>
}

/** What is still to be done before COMMIT, in the transaction of this id. */
type LastWork = { what: string; run: (transactionId: string) => Promise<void> }

type Session = {
  db: TransactionConnection
  beforeCommit: LastWork[]
  onCommit: (() => unknown)[]
  onRollback: (() => unknown)[]
  /** Somebody has asked for its connection. */
  isUsed?: boolean
  /** It is of our own code, which goes on in it, and not of an operation of Payload. */
  isOurs?: boolean
  /** The request as it was before it was let read from elsewhere. */
  instead?: PayloadRequest
  resolve: () => Promise<void>
  reject: () => Promise<void>
}

/** What we need of the adapter beyond its public types: its open transactions, and how it begins and ends one. */
type AdapterInternals = {
  initializing: Promise<void>
  sessions: Record<string, Session>
  transactionOptions: unknown
  drizzle: Pick<TransactionConnection, 'execute'> & {
    transaction: (run: (tx: TransactionConnection) => Promise<void>, options?: unknown) => Promise<void>
  }
  payload: Payload
  beginTransaction: (options?: unknown) => Promise<string>
  commitTransaction: (id: string | Promise<string>) => Promise<void>
  rollbackTransaction: (id: string) => Promise<void>
}

const callAll = async (payload: Payload, callbacks: readonly (() => unknown)[], when: string): Promise<void> => {
  for (const callback of callbacks) {
    try {
      await callback()
    } catch (err) {
      payload.logger.error({ err, msg: `An after-${when} callback failed` })
    }
  }
}

const internals = (adapter: unknown): AdapterInternals => adapter as AdapterInternals

/**
 * Makes a COMMIT that fails an error. The stock adapter swallows it and answers with a document that does not exist
 * (payloadcms/payload#17726). A connection that is lost during it leaves the outcome open: {@link OutcomeUnknown}. Also keeps
 * work for {@link beforeCommit}, and callbacks for {@link afterCommit} and {@link afterRollback}.
 */
export const strictTransactions = <T extends object>(adapterObject: T): T => {
  const original = adapterObject as unknown as DatabaseAdapterObject
  const init: DatabaseAdapterObject['init'] = (args) => {
    const adapter = original.init(args)
    const db = internals(adapter)
    const rolledBack = Symbol('rolled back')

    db.beginTransaction = async (options) => {
      await db.initializing
      const id = randomUUID()
      let settle: (rollback: boolean) => void = () => undefined
      const end = new Promise<boolean>((resolve) => (settle = resolve))
      let done: Promise<void> = Promise.resolve()
      const connection = await new Promise<TransactionConnection>((started, failed) => {
        done = db.drizzle.transaction(
          async (tx) => {
            started(tx)
            if (await end) throw rolledBack
          },
          options ?? db.transactionOptions ?? undefined,
        )
        // Before `started`: no connection, or BEGIN failed. After it, `resolve`/`reject` below report the outcome.
        done.catch(failed)
      })
      const onRollback: Session['onRollback'] = []
      db.sessions[id] = {
        get db() {
          this.isUsed = true
          return connection
        },
        isUsed: false,
        beforeCommit: [],
        onCommit: [],
        onRollback,
        resolve: () => {
          settle(false)
          return done
        },
        reject: async () => {
          settle(true)
          await done
            .catch((error: unknown) => {
              if (error !== rolledBack) throw error
            })
            .finally(() => callAll(db.payload, onRollback.splice(0), 'rollback'))
        },
      }
      return id
    }

    db.commitTransaction = async (incoming = '') => {
      const id = await incoming
      const session = db.sessions[id]
      if (!session) return
      try {
        await doLastWork(db, id)
      } catch (error) {
        // Why nothing is kept is said by the first error.
        await db.rollbackTransaction(id).catch(() => undefined)
        throw error
      }
      Reflect.deleteProperty(db.sessions, id)
      await session.resolve().catch(async (error: unknown) => {
        if (findLostConnection(error)) throw new OutcomeUnknown(error)
        await callAll(db.payload, session.onRollback, 'rollback')
        throw error
      })
      await callAll(db.payload, session.onCommit, 'commit')
    }
    return adapter
  }
  return { ...adapterObject, init }
}

/** What leads to a connection: the request's own transaction, or the pool. */
export type Connected = Pick<PayloadRequest, 'payload' | 'transactionID'>

const openSession = async (req: Connected): Promise<Session | undefined> => {
  const id = await req.transactionID
  return id === undefined ? undefined : internals(req.payload.db).sessions[id]
}

/** Runs `callback` once the transaction of `req` has really committed (never after a rollback); at once if there is none. */
export const afterCommit = async (req: PayloadRequest, callback: () => unknown): Promise<void> => {
  const session = await openSession(req)
  if (session) session.onCommit.push(callback)
  else await callback()
}

/**
 * Runs `callback` once the transaction of `req` was rolled back, or its savepoint; never where it may have committed.
 * @returns whether a transaction is open: without one nothing is ever rolled back.
 */
export const afterRollback = async (req: PayloadRequest, callback: () => unknown): Promise<boolean> => {
  const session = await openSession(req)
  session?.onRollback.push(callback)
  return session !== undefined
}

/**
 * Does `work` when everything else of the transaction is done, right before COMMIT, with a request in that transaction. When it throws,
 * nothing of the transaction is kept, and whoever commits gets the error.
 * @param what it is, for messages.
 * @throws when no transaction is open.
 */
export const beforeCommit = async (
  req: PayloadRequest,
  what: string,
  work: (req: PayloadRequest) => Promise<void>,
): Promise<void> => {
  const session = await openSession(req)
  if (!session) throw new TransactionGone('There is no open transaction on this request.')
  session.beforeCommit.push({
    what,
    run: (transactionId) => {
      // The request that asked for it may have been in a savepoint that is over.
      const last = isolateObjectProperty(req, 'transactionID')
      last.transactionID = transactionId
      return work(last)
    },
  })
}

/** What is done last may call for more to be done last; so many times. */
const mostRounds = 8

const doLastWork = async ({ sessions }: AdapterInternals, id: string): Promise<void> => {
  const session = sessions[id]
  for (let round = 1; session?.beforeCommit.length; round++) {
    const works = session.beforeCommit.splice(0)
    if (round > mostRounds) {
      const names = [...new Set(works.map(({ what }) => what))].join(', ')
      throw new Error(
        `What is done before the commit calls for more of it without end: ${names}. It changes what it follows; let it stop by itself.`,
      )
    }
    for (const { run, what } of works) {
      await run(id)
      if (sessions[id] !== session || !(await isUsable(session))) {
        throw new TransactionGone(`Rolled back: something failed in the transaction and was caught (${what}).`)
      }
    }
  }
}

/** COMMIT of a transaction in which a statement has failed is a ROLLBACK, and no error: it would pass for a success. */
const isUsable = async ({ db }: Session): Promise<boolean> => {
  try {
    await db.execute(sql`SELECT`)
    return true
  } catch (error) {
    if (findDatabaseError(error)?.code === '25P02') return false
    throw error
  }
}

/** Does now what was to be done before the commit, for whoever has to know how it ends before that. */
export const settleBeforeCommit = async (req: PayloadRequest): Promise<void> => {
  const id = await req.transactionID
  if (id !== undefined) await doLastWork(internals(req.payload.db), String(id))
}

/** Requests of operations that go on without the transaction that Payload has begun for them. */
const suspended = new WeakSet<PayloadRequest>()

/**
 * Ends the transaction that Payload has begun for an operation, so that the operation can wait for the outside world without one. What it does until
 * {@link resumeTransaction} is in no transaction, so nothing is to be written until then. For a hook `beforeOperation`. Does nothing where there is none.
 * @throws Error where the transaction is not the operation's alone: whoever began it could not know what of theirs is kept.
 */
export const suspendTransaction = async (req: PayloadRequest): Promise<void> => {
  suspended.delete(req)
  const session = await openSession(req)
  if (!session) return
  const isItsOwn = !session.isOurs && session.isUsed === false
  if (!isItsOwn) {
    throw new Error(
      'This operation waits for the outside world, so it cannot be part of a transaction: call it before, or after.',
    )
  }
  await commitTransaction(req)
  suspended.add(req)
}

/** Begins a transaction for an operation whose first one was ended by {@link suspendTransaction}: Payload commits it, or rolls it back. */
export const resumeTransaction = async (req: PayloadRequest): Promise<void> => {
  if (suspended.delete(req)) req.transactionID = await internals(req.payload.db).beginTransaction()
}

/** The connection of the request's own transaction. Throws rather than fall back to the pool. */
export const txDb = async (req: PayloadRequest): Promise<TransactionConnection> => {
  const session = await openSession(req)
  if (!session) throw new TransactionGone('There is no open transaction on this request.')
  return session.db
}

/** Any connection of the pool, for reads outside a transaction. */
export const poolDb = (payload: Payload): Pick<TransactionConnection, 'execute'> => internals(payload.db).drizzle

/** The request's transaction if it has one, otherwise the pool. */
export const readDb = async (req: PayloadRequest): Promise<Pick<TransactionConnection, 'execute'>> =>
  (await openSession(req))?.db ?? poolDb(req.payload)

/**
 * Runs `run` with a request all of whose statements, Payload's among them, go to `connection`. It is for reading: nothing is begun here, nothing
 * is committed, and nothing can be done before or after a commit.
 */
export const readingFrom = async <T>(
  req: PayloadRequest,
  connection: TransactionConnection,
  run: (req: PayloadRequest) => Promise<T>,
): Promise<T> => {
  const { sessions } = internals(req.payload.db)
  const id = randomUUID()
  sessions[id] = {
    db: connection,
    beforeCommit: [],
    onCommit: [],
    onRollback: [],
    instead: req,
    resolve: async () => undefined,
    reject: async () => undefined,
  }
  const reading = isolateObjectProperty(req, 'transactionID')
  reading.transactionID = id
  try {
    return await run(reading)
  } finally {
    Reflect.deleteProperty(sessions, id)
  }
}

/** The same request, but for what is kept and decided by afterwards: not of {@link readingFrom}. */
export const decidingRequest = async (req: PayloadRequest): Promise<PayloadRequest> =>
  (await openSession(req))?.instead ?? req

type PgConnection = Pick<pg.ClientBase, 'query'>

/** The driver's own connection of the request's transaction if it has one, otherwise the pool; past drizzle. */
export const driverConnection = async (req: Connected): Promise<PgConnection> => {
  const session = await openSession(req)
  return session
    ? (session.db as unknown as { session: { client: PgConnection } }).session.client
    : (req.payload.db as unknown as { pool: PgConnection }).pool
}

/** Runs `run` inside a savepoint: when it fails, only its own changes are undone and the outer transaction stays usable. */
export const savepoint = async <T>(req: PayloadRequest, run: (req: PayloadRequest) => Promise<T>): Promise<T> => {
  const { sessions } = internals(req.payload.db)
  const outer = await openSession(req)
  if (!outer) throw new TransactionGone('There is no open transaction on this request.')
  const onCommit: Session['onCommit'] = []
  const onRollback: Session['onRollback'] = []
  const lastWork: Session['beforeCommit'] = []
  const result = await outer.db
    .transaction(async (connection) => {
      const id = randomUUID()
      sessions[id] = {
        db: connection,
        beforeCommit: lastWork,
        onCommit,
        onRollback,
        resolve: async () => undefined,
        reject: async () => undefined,
      }
      const inner = isolateObjectProperty(req, 'transactionID')
      inner.transactionID = id
      try {
        const value = await run(inner)
        if (!inner.transactionID) throw new TransactionGone('An operation failed inside the savepoint and was caught.')
        return value
      } finally {
        Reflect.deleteProperty(sessions, id)
      }
    })
    .catch(async (error: unknown) => {
      await callAll(req.payload, onRollback, 'rollback')
      throw error
    })
  outer.beforeCommit.push(...lastWork)
  outer.onCommit.push(...onCommit)
  outer.onRollback.push(...onRollback)
  return result
}

/**
 * One transaction around several operations. Joins the one that is open on the request; otherwise opens one, and runs
 * `run` again after a deadlock or a serialization failure (so `run` must have no effect outside the database).
 */
export const withTransaction = async <T>(
  from: Payload | PayloadRequest,
  run: (req: PayloadRequest) => Promise<T>,
  options: { isolationLevel?: IsolationLevel; attempts?: number } = {},
): Promise<T> => {
  const outer = 'payload' in from ? from : await createLocalReq({}, from)
  if (outer.transactionID) return run(outer)
  for (let attempt = 1; ; attempt++) {
    const req = isolateObjectProperty(outer, 'transactionID')
    req.transactionID = await internals(req.payload.db).beginTransaction(
      options.isolationLevel ? { isolationLevel: options.isolationLevel } : undefined,
    )
    const session = await openSession(req)
    if (session) session.isOurs = true
    try {
      const result = await run(req)
      if (!req.transactionID)
        throw new TransactionGone('Rolled back: an operation inside the transaction failed and was caught.')
      await commitTransaction(req)
      return result
    } catch (error) {
      await killTransaction(req)
      if (isWorthRunningAgain(error) && attempt < (options.attempts ?? 3)) continue
      throw error
    }
  }
}
