import pg from 'pg'

/** Without these listeners a lost connection is an unhandled `error` event and ends the process (payloadcms/payload#16939). */
class SafePool extends pg.Pool {
  constructor(options?: pg.PoolConfig) {
    super(options)
    const report = (error: Error) => {
      console.error(JSON.stringify({ level: 'error', msg: 'PostgreSQL connection lost', error: error.message }))
    }
    this.on('error', report)
    this.on('connect', (client) => client.on('error', report))
  }
}

export const safePg: typeof pg = Object.assign(Object.create(pg) as typeof pg, { Pool: SafePool })
