import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { reportLostConnection, watchStatements } from './database-news'
import { noteLostConnection } from './lost-connection'

type Connected = Parameters<pg.Pool['connect']>[0]

/** What pg-pool says to who has waited in vain for another to give a connection back; of PostgreSQL itself it says something else. */
const waitedInVain = 'timeout exceeded when trying to connect'

const howRefused = (error: unknown) =>
  error instanceof Error && error.message === waitedInVain ? ('waited' as const) : ('refused' as const)

/** What pg-pool has beyond its public types. */
type PoolInternals = { _remove: (client: pg.PoolClient, then: () => void) => void; _pulseQueue: () => void }

/**
 * Without these listeners a lost connection is an unhandled `error` event and ends the process (payloadcms/payload#16939).
 * Whoever gets one of these errors can tell by {@link noteLostConnection} that it is the connection that failed.
 */
class SafePool extends pg.Pool {
  readonly #clients = new Set<pg.PoolClient>()

  constructor(options?: pg.PoolConfig) {
    super(options)
    const report = (error: Error) => {
      noteLostConnection(error, 'broken')
      reportLostConnection(error)
    }
    this.on('error', report)
    this.on('connect', (client) => {
      this.#clients.add(client)
      watchStatements(client)
      client.on('error', (error) => {
        report(error)
        this.#forget(client)
      })
    })
    this.on('remove', (client) => this.#clients.delete(client))
  }

  override connect(): Promise<pg.PoolClient>
  override connect(callback: Connected): void
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (callback) {
      // Who waits for a connection is called by whoever gives one back, and goes on as what it was itself.
      const answer = AsyncLocalStorage.bind(callback)
      super.connect((error, client, done) => {
        noteLostConnection(error, howRefused(error))
        answer(error, client, done)
      })
      return
    }
    return super.connect().catch((error: unknown) => {
      noteLostConnection(error, howRefused(error))
      throw error
    })
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
