import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { canCancel } from './connections'
import { reportLostConnection, watchStatements } from './database-news'
import { noteLostConnection } from './lost-connection'
import { queryWithin } from './query-within'
import { currentOperation } from '#shared/operation'
import { createTurns } from '#shared/turns'

type Connected = Parameters<pg.Pool['connect']>[0]

/** What pg-pool says to who has waited in vain for another to give a connection back; of PostgreSQL itself it says something else. */
const waitedInVain = 'timeout exceeded when trying to connect'

const howRefused = (error: unknown) =>
  error instanceof Error && error.message === waitedInVain ? ('waited' as const) : ('refused' as const)

/** How long an operation that may use a share of the connections waits for one of them. */
const laneWaitMs = 2_000
/** Each request that is worked on asks for a few things at once. */
const mostInLane = 500

/** What pg-pool has beyond its public types. */
type PoolInternals = { _remove: (client: pg.PoolClient, then: () => void) => void; _pulseQueue: () => void }

/**
 * Without these listeners a lost connection is an unhandled `error` event and ends the process (payloadcms/payload#16939).
 * Whoever gets one of these errors can tell by {@link noteLostConnection} that it is the connection that failed.
 */
class SafePool extends pg.Pool {
  readonly #clients = new Set<pg.PoolClient>()
  /** Of those operations that may use a share of the connections, so that others always find some. */
  readonly #lanes = createTurns({ waitMs: laneWaitMs, mostWaiting: mostInLane })
  readonly #leaving = new WeakMap<pg.PoolClient, () => void>()

  constructor(options?: pg.PoolConfig) {
    super(options)
    const report = (error: Error) => {
      noteLostConnection(error, 'broken')
      reportLostConnection(error)
    }
    this.on('error', report)
    if (!canCancel) this.#boundStatements()
    this.on('connect', (client) => {
      this.#clients.add(client)
      watchStatements(client)
      client.on('error', (error) => {
        report(error)
        this.#forget(client)
      })
    })
    this.on('remove', (client) => {
      this.#clients.delete(client)
      this.#leaving.get(client)?.()
    })
  }

  /** Where no statement can be cancelled, each that an operation asks by itself may take as long as the operation's may. In a transaction it is not by itself. */
  #boundStatements(): void {
    const query = this.query.bind(this) as (...args: unknown[]) => unknown
    const bounded = (...args: unknown[]): unknown => {
      const ms = currentOperation()?.reading?.statementMs
      if (ms === undefined || args.some((arg) => typeof arg === 'function')) return query(...args)
      return queryWithin(this, ms, (client) => (client.query.bind(client) as (...asked: unknown[]) => unknown)(...args))
    }
    this.query = bounded as typeof this.query
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    const entered = this.#enterLane()
    if (callback) {
      // Who waits for a connection is called by whoever gives one back, and goes on as what it was itself.
      const answer = AsyncLocalStorage.bind(callback)
      const connect = (leave?: () => void) =>
        super.connect((error, client, done) => {
          noteLostConnection(error, howRefused(error))
          if (leave) this.#leaveWith(client, leave)
          answer(error, client, client?.release ?? done)
        })
      if (!entered) return void connect()
      entered.then(connect, (error: Error) => answer(error, undefined, () => undefined))
      return
    }
    return entered ? entered.then((leave) => this.#connect(leave)) : this.#connect()
  }

  async #connect(leave?: () => void): Promise<pg.PoolClient> {
    try {
      const client = await super.connect()
      if (leave) this.#leaveWith(client, leave)
      return client
    } catch (error) {
      leave?.()
      noteLostConnection(error, howRefused(error))
      throw error
    }
  }

  /** Waits for one of the connections that the operation may use; undefined where it may use all. */
  #enterLane(): Promise<() => void> | undefined {
    const lane = currentOperation()?.reading?.lane
    return lane && this.#waitInLane(lane.name, Math.max(1, Math.floor(this.options.max * lane.share)))
  }

  async #waitInLane(name: string, most: number): Promise<() => void> {
    const leave = await this.#lanes.take(name, most)
    if (leave) return leave
    const error = new Error(waitedInVain)
    noteLostConnection(error, 'waited')
    throw error
  }

  /** The place in the lane is free again when the connection is given back, or is lost. */
  #leaveWith(client: pg.PoolClient | undefined, leave: () => void): void {
    if (!client) return leave()
    const release = client.release.bind(client)
    const leaveOnce = () => {
      this.#leaving.delete(client)
      leave()
    }
    this.#leaving.set(client, leaveOnce)
    client.release = (error) => {
      leaveOnce()
      release(error)
    }
  }

  /**
   * Makes room for another connection. Drizzle never gives one back that breaks at BEGIN, and a pool whose every place is held by a
   * dead connection has nothing to give until the process is started again.
   */
  #forget(client: pg.PoolClient): void {
    const pool = this as unknown as PoolInternals
    pool._remove(client, () => pool._pulseQueue())
  }

  /**
   * Ends every connection, also the one that Payload's adapter takes at its start and never gives back, for which `end` would
   * wait for ever.
   */
  async close(): Promise<void> {
    const ended = this.end()
    await Promise.all([...this.#clients].map((client) => (client as unknown as pg.Client).end().catch(() => undefined)))
    // The pool itself counts the connection that was never given back; its sockets are closed by now.
    await Promise.race([ended, new Promise((resolve) => setImmediate(resolve))])
  }
}

export const safePg: typeof pg = Object.assign(Object.create(pg) as typeof pg, { Pool: SafePool })
