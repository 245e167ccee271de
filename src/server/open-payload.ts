import { getPayload, type Payload } from 'payload'
import type pg from 'pg'
import { closeLimitStore } from '#database/limit-store'
import { closeReplica } from '#database/replica'

/** Beyond its public types: the clients of the pool, as one of them is never given back. */
type PoolOfPayload = pg.Pool & { ending?: boolean; _clients?: pg.Client[] }

/**
 * Ends Payload's connections. Its own `destroy` leaves the pool open, and the pool would wait for ever for the one
 * connection that the adapter has taken at the start (payloadcms/payload#11727). Call it when nothing runs any more.
 */
export const closePayload = async (payload: Payload): Promise<void> => {
  const { pool } = payload.db as unknown as { pool?: PoolOfPayload }
  await payload.destroy()
  await closeLimitStore()
  await closeReplica()
  if (!pool || pool.ending) return
  const clients = [...(pool._clients ?? [])]
  // Not awaited: it comes back only when every client does.
  void pool.end()
  await Promise.all(clients.map((client) => client.end().catch(() => undefined)))
}

/** Payload without a server: for the worker and for commands. The environment must be complete by now. */
export const openPayload = async (): Promise<{ payload: Payload; close: () => Promise<void> }> => {
  const { default: config } = await import('../../payload.config')
  const payload = await getPayload({ config })
  return { payload, close: () => closePayload(payload) }
}
