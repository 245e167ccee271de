import { getPayload, type Payload } from 'payload'
import { closePool } from '../database/safe-pg'

/** Ends Payload's connections: its own `destroy` leaves the pool open. */
export const closePayload = async (payload: Payload): Promise<void> => {
  await payload.destroy()
  await closePool('pool' in payload.db ? payload.db.pool : undefined)
}

/** Payload without a server: for the worker and for commands. The environment must be complete by now. */
export const openPayload = async (): Promise<{ payload: Payload; close: () => Promise<void> }> => {
  const { default: config } = await import('../../payload.config')
  const payload = await getPayload({ config })
  return { payload, close: () => closePayload(payload) }
}
