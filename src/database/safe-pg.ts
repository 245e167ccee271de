import pg from 'pg'

/** Without these listeners a lost connection is an unhandled `error` event and ends the process (payloadcms/payload#16939). */
class SafePool extends pg.Pool {
  readonly #clients = new Set<pg.PoolClient>()

  constructor(options?: pg.PoolConfig) {
    super(options)
    const report = (error: Error) => {
      console.error(JSON.stringify({ level: 'error', msg: 'PostgreSQL connection lost', error: error.message }))
    }
    this.on('error', report)
    this.on('connect', (client) => {
      this.#clients.add(client)
      client.on('error', report)
    })
    this.on('remove', (client) => this.#clients.delete(client))
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
